import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { Agent, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { mediaUrl } from '../../electron/contract/values.ts'
import { percentile, spread, tell } from './figures.ts'
import { startHousehold } from './household.ts'
import { watchMemory } from './memory.ts'
import { makePictures } from './pictures.ts'

const VISITORS = 50
const ALBUM = 5000
/** What is scanned meanwhile. */
const BESIDE = 5000
const WIDTH = 1000
/** Thumbnails in a window, and how long somebody looks at them before scrolling on. */
const SCREEN = 20
const LOOK_MS = 6000
/** Of quiet scrolling, before the scan. */
const QUIET_MS = 60_000
const WHOLE_MS = 10 * 60_000
const IDS_AT_ONCE = 500

interface Album {
  share: number
  ids: number[]
  versions: number[]
}

/**
 * Fifty visitors scroll a shared album of 5,000 photos: first alone, then while as many pictures are scanned, then on to ten minutes. Goals: none
 * fails; p95 of a thumbnail during the scan within three times of that without; memory flat.
 */
export async function benchVisitors(directory: string): Promise<void> {
  const [shared, beside] = [join(directory, 'shared'), join(directory, 'beside')]
  for (const folder of [shared, beside]) await mkdir(folder, { recursive: true })
  await makePictures(shared, ALBUM, WIDTH)
  await makePictures(beside, BESIDE, WIDTH)
  const household = await startHousehold(directory)
  try {
    await household.addFolder(shared)
    await household.ended('previews')
    const token = await shareAll(household.ada)
    const { signal, abort, samples } = measuring()
    const visitors = await Promise.all(
      Array.from({ length: VISITORS }, () => openLink(household.address, token)),
    )
    const scrolling = visitors.map((visitor, n) =>
      visitor.scroll(n * Math.floor(ALBUM / VISITORS), samples, signal),
    )
    const begun = performance.now()
    const memory = sampleMemory(household.pid)
    await wait(QUIET_MS)
    samples.phase = 'scan'
    await household.command('users', 'mod', 'ada', '--folder', shared, '--folder', beside)
    await household.ended('scan')
    const scanned = performance.now() - begun - QUIET_MS
    samples.phase = 'after'
    await wait(Math.max(0, WHOLE_MS - (performance.now() - begun)))
    abort()
    await Promise.all(scrolling)
    const [quiet, during] = [percentile(samples.quiet, 0.95), percentile(samples.scan, 0.95)]
    tell(`${VISITORS} visitors, ${ALBUM} photos: a thumbnail`, spread(samples.quiet))
    tell(`    during a scan of ${BESIDE} (${(scanned / 1000).toFixed(0)} s)`, spread(samples.scan))
    tell('    p95 during the scan', `${(during / quiet).toFixed(1)} times that without`, '≤ 3')
    tell('    afterwards', spread(samples.after))
    tell('    failed', String(samples.failed), '0')
    tell('    main process, MB each minute', memory.stop().join(' '), 'flat')
  } finally {
    await household.stop()
  }
}

function measuring() {
  const ending = new AbortController()
  const phases: { quiet: number[]; scan: number[]; after: number[] } = { quiet: [], scan: [], after: [] }
  const samples = { ...phases, phase: 'quiet' as keyof typeof phases, failed: 0 }
  return { signal: ending.signal, abort: () => ending.abort(), samples }
}
type Samples = ReturnType<typeof measuring>['samples']

/** An album of all photos, and a link to it; answers its token. */
async function shareAll(ada: Awaited<ReturnType<typeof startHousehold>>['ada']): Promise<string> {
  const ids: number[] = []
  for (const { month } of (await ada.get('timeline.months', {})).months)
    ids.push(...(await ada.get('timeline.month', { month })).ids)
  const { id } = await ada.get('albums.create', { title: 'All' })
  for (let first = 0; first < ids.length; first += IDS_AT_ONCE)
    await ada.get('albums.add', { id, ids: ids.slice(first, first + IDS_AT_ONCE) })
  const { url } = await ada.get('shares.createLink', { albumId: id })
  return url.split('/s/')[1] ?? ''
}

/** Connections that a browser keeps with one server (Chromium and Firefox by default). */
const CONNECTIONS = 6

/** Asks as browsers do: over a few connections, and once more where one that was kept turned out to be closed. Answers status, cookies and content. */
function createAsking(address: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  return async function ask(path: string, headers: Record<string, string>, body?: string) {
    for (;;) {
      const asking = request(address + path, { agent, headers, method: body === undefined ? 'GET' : 'POST' })
      try {
        asking.end(body)
        const [answer]: IncomingMessage[] = await once(asking, 'response')
        if (!answer) throw new Error('no answer')
        const content = await buffer(answer)
        return { status: answer.statusCode ?? 0, cookies: answer.headers['set-cookie'] ?? [], content }
      } catch (error) {
        if (!asking.reusedSocket) throw error
      }
    }
  }
}

/** A browser that opened the link. */
async function openLink(address: string, token: string) {
  const ask = createAsking(address)
  let cookie = ''
  const call = async (name: string, input: object) => {
    const headers = { 'content-type': 'application/json', 'x-mantel': '1', cookie }
    const { cookies, content } = await ask(`/rpc/${name}`, headers, JSON.stringify(input))
    cookie = cookies[0]?.split(';', 1)[0] ?? cookie
    const result = JSON.parse(content.toString())
    if (!result.ok) throw new Error(`${name}: ${result.error.message}`)
    return result.value
  }
  const { id: share } = await call('shares.open', { token })
  const album: Album = { share, ids: [], versions: [] }
  for (const { month } of (await call('shares.months', { share })).months) {
    const page = await call('shares.month', { share, month })
    album.ids.push(...page.ids)
    album.versions.push(...page.versions)
  }

  /** One thumbnail to its last byte. */
  const see = async (at: number, samples: Samples) => {
    const url = mediaUrl('thumb', album.ids[at] ?? 0, album.versions[at] ?? 0, share)
    const start = performance.now()
    const { status } = await ask(url, { cookie })
    samples[samples.phase].push(performance.now() - start)
    if (status !== 200) samples.failed += 1
  }
  return {
    /** Window by window from a place on, round and round, until the signal. */
    async scroll(from: number, samples: Samples, signal: AbortSignal): Promise<void> {
      for (let at = from; !signal.aborted; at = (at + SCREEN) % ALBUM) {
        const window = Array.from({ length: SCREEN }, (_, n) => (at + n) % ALBUM)
        await Promise.all(window.map((place) => see(place, samples))).catch(() => {
          samples.failed += 1
        })
        await wait(LOOK_MS * (0.5 + Math.random()))
      }
    },
  }
}

/** The main process' memory at its highest within each minute, MB. */
function sampleMemory(pid: number) {
  const minutes: number[] = []
  let watched = watchMemory(pid)
  const take = () => minutes.push(Math.round(watched.stop().main / 1e6))
  const timer = setInterval(() => {
    take()
    watched = watchMemory(pid)
  }, 60_000)
  return {
    stop() {
      clearInterval(timer)
      take()
      return minutes
    },
  }
}
