import { posix, win32 } from 'node:path'

/** What of the machine says where a program keeps its data. */
export interface Machine {
  platform: NodeJS.Platform
  home: string
  environment: Record<string, string | undefined>
}

/**
 * Where Mantel keeps its database and pictures unless `--data` names another place: `MANTEL_DATA` (not always
 * absolute), else what each system provides for data of one person's program. The window, the server and the command line must agree on it.
 */
export function defaultDataDirectory({ platform, home, environment }: Machine): string {
  if (environment.MANTEL_DATA) return environment.MANTEL_DATA
  if (platform === 'win32') {
    return win32.join(environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'Mantel')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Mantel')
  return posix.join(environment.XDG_DATA_HOME || posix.join(home, '.local', 'share'), 'mantel')
}
