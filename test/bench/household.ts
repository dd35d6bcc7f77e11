import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Job } from '../../electron/contract/jobs.ts'
import { startServer } from './server.ts'

/** Asking costs the server time too: seldom enough not to be measured. */
const POLL_MS = 250

export const PASSWORD = 'a quiet mantelpiece'

/** Seconds from asking for a job until its end. */
export const secondsOf = (job: Job | undefined) =>
  ((job?.finishedAt ?? Number.NaN) - (job?.queuedAt ?? Number.NaN)) / 1000

/** A built server with a new household of its own, whose only account is its admin, logged in. */
export async function startHousehold(directory: string) {
  await mkdir(directory, { recursive: true })
  const server = await startServer(join(directory, 'data'))
  const ada = server.client()
  await ada.get('setup.create', { code: server.setupCode, username: 'ada', password: PASSWORD })
  // Only what is asked for is to be measured.
  await ada.get('settings.setLibrary', { watch: false, rescan: { every: 'never' } })

  /** Waits until no job of this kind is queued or running; answers the last one. */
  async function ended(kind: string) {
    for (;;) {
      const jobs = (await ada.get('jobs.list', { limit: 20 })).jobs.filter((job) => job.kind === kind)
      if (jobs.length > 0 && jobs.every(({ state }) => state !== 'queued' && state !== 'running'))
        return jobs[0]
      await wait(POLL_MS)
    }
  }
  return {
    ...server,
    ada,
    ended,
    /** Gives the folder to the admin and waits for its first scan. Folders enter a household on the host only. */
    async addFolder(path: string) {
      await server.command('users', 'mod', 'ada', '--folder', path)
      return ended('scan')
    },
    /** Scans everything once more. */
    async rescan() {
      await ada.get('jobs.scan', {})
      return ended('scan')
    },
  }
}
