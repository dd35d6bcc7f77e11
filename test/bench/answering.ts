import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { spread, tell } from './figures.ts'
import { makePictures } from './pictures.ts'
import { startServer } from './server.ts'

const PICTURES = 5000
const WIDTH = 1600
const LOGINS_AT_ONCE = 4
/** The whole scan takes minutes beside that many logins; this much of it tells as much. */
const LISTEN_MS = 60_000
const PASSWORD = 'a quiet mantelpiece'

/**
 * Does the server stay answering while it works? Times `session.me` over HTTP, first at rest, then while 5,000 pictures are
 * scanned and four logins at a time wait for bcrypt. Goal: p95 ≤ 50 ms.
 */
export async function benchAnswering(directory: string): Promise<void> {
  const pictures = join(directory, 'pictures')
  await mkdir(pictures)
  await makePictures(pictures, PICTURES, WIDTH)
  const server = await startServer(join(directory, 'data'))
  try {
    const ada = server.client()
    const { setupCode: code } = server
    await ada.get('setup.create', { code, username: 'ada', password: PASSWORD })
    for (const username of ['b', 'c', 'd', 'e'])
      await ada.get('accounts.create', { username, password: PASSWORD, role: 'user' })
    const timeMe = async () => {
      const start = performance.now()
      await ada.get('session.me', {})
      return performance.now() - start
    }
    const atRest: number[] = []
    for (let count = 0; count < 200; count += 1) atRest.push(await timeMe())

    // folders enter a household on the host, so this one comes through the command line
    await server.command('users', 'mod', 'ada', '--folder', pictures)
    const started = performance.now()
    const working: number[] = []
    let scanning = true
    let logins = 0
    let scanned = 0
    const logInForEver = async (username: string) => {
      while (scanning)
        if ((await server.client().call('session.login', { username, password: PASSWORD })).ok) logins += 1
    }
    const waiting = ['b', 'c', 'd', 'e'].slice(0, LOGINS_AT_ONCE).map(logInForEver)
    while (scanning) {
      working.push(await timeMe())
      if (working.length % 20 === 0) {
        const { jobs } = await ada.get('jobs.list', {})
        const isOpen = jobs.some(({ state }) => state === 'running' || state === 'queued')
        scanning = isOpen && performance.now() - started < LISTEN_MS
        scanned = jobs[0]?.done ?? 0
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const seconds = (performance.now() - started) / 1000
    await Promise.all(waiting)
    tell('session.me at rest', spread(atRest))
    tell('    during a scan and 4 logins at a time', spread(working), 'p95 ≤ 50 ms')
    tell('    meanwhile', `${scanned} of ${PICTURES} files in ${seconds.toFixed(1)} s, ${logins} logins`)
  } finally {
    await server.stop()
  }
}
