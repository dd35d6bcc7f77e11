import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** By this text the fuses are found in Electron's executable (`@electron/fuses`, `constants.js`). */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseCount = 9
const fuseVersion = 1

/**
 * Fills a folder with what the packager expects of Electron's runtime for Linux. The executable is none, but has fuses
 * that can be set.
 */
export async function makeDummyRuntime(folder: string): Promise<void> {
  const { version } = createRequire(import.meta.url)('electron/package.json')
  const fuses = Buffer.concat([
    Buffer.from('no program\n'),
    Buffer.from(fuseSentinel),
    Buffer.from([fuseVersion, fuseCount]),
    Buffer.from('0'.repeat(fuseCount)),
    Buffer.from('\n'),
  ])
  await mkdir(join(folder, 'resources'), { recursive: true })
  await writeFile(join(folder, 'electron'), fuses, { mode: 0o755 })
  await writeFile(join(folder, 'version'), version)
  await writeFile(join(folder, 'LICENSE'), '')
  await writeFile(join(folder, 'LICENSES.chromium.html'), '')
}
