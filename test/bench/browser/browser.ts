import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { requireBrowser } from '../../support/browser.ts'
import { spread, tell } from '../figures.ts'
import { PASSWORD } from '../household.ts'
import { startServer } from '../server.ts'
import { scrollFrames, showEmptyTiles } from './frames.ts'
import { makeLibrary, PHOTOS } from './library.ts'

const SCROLLER = 'div:has(> #timeline)'
const OPENINGS = 5
const SCRUBS = 40
/** A fling that passes 100,000 photos (at some 59 pixels each), and a pace at which pictures are looked at. */
const FLING = { step: 2500, frames: 2400 }
const STROLL = { step: 60, frames: 900 }

/** (g) A million photos in a real browser: opening, scrubbing, the last photo, frames while scrolling, the page's heap. */
export async function benchBrowser(directory: string): Promise<void> {
  const { dataDir } = await makeLibrary(directory)
  const server = await startServer(dataDir, { isNew: false })
  const browser = await chromium.launch({ executablePath: await requireBrowser(), args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext({
      baseURL: server.address,
      viewport: { width: 1280, height: 800 },
    })
    const page = await logIn(context)
    tell(`(g) ${PHOTOS} photos in Chromium ${browser.version()}`, '')
    await benchOpening(context)
    await benchScrubbing(page)
    await benchEnd(page)
    await benchFrames(page, browser)
    await benchHeap(page)
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function logIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/')
  await page.getByLabel('Username').fill('ada')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.locator('#timeline').waitFor()
  return page
}

/** From the address to all thumbnails in sight, in a new tab with an empty memory cache. */
async function benchOpening(context: BrowserContext): Promise<void> {
  const took: number[] = []
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    const page = await context.newPage()
    await page.goto('/')
    took.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const onFrame = (now: number) => {
              const images = [...document.querySelectorAll<HTMLImageElement>('#timeline img')].filter(
                (image) => image.getBoundingClientRect().top < innerHeight,
              )
              const isThere = images.length >= 10 && images.every((image) => image.naturalWidth > 0)
              if (isThere) resolve(now)
              else requestAnimationFrame(onFrame)
            }
            requestAnimationFrame(onFrame)
          }),
      ),
    )
    await page.close()
  }
  tell('    open to the first thumbnails', spread(took), '≤ 1 s')
}

/** From a press on the scrubber to what stands for the photos there all over the window, and to their tiles. */
async function benchScrubbing(page: Page): Promise<void> {
  const took = await page.evaluate(scrubAround, SCRUBS)
  const spreadOf = (what: 'placeholders' | 'tiles') => spread(took.map((scrub) => scrub[what]))
  tell('    scrub anywhere, to placeholders', spreadOf('placeholders'), '≤ 300 ms')
  tell('      to tiles', spreadOf('tiles'))
}

/** Runs in the page. Milliseconds of each of so many presses. */
async function scrubAround(scrubs: number): Promise<{ placeholders: number; tiles: number }[]> {
  const track = document.querySelector('[role=scrollbar]')
  const canvas = document.querySelector('#timeline')
  const box = track?.getBoundingClientRect()
  const seen = canvas?.parentElement?.getBoundingClientRect()
  if (!track || !canvas || !box || !seen) return []
  const press = (y: number) => {
    const at = { bubbles: true, button: 0, pointerId: 1, clientX: box.left + 5, clientY: y }
    // the real pointer would wait for frames of its own; its capture is nobody's here
    track.setPointerCapture = () => {}
    track.dispatchEvent(new PointerEvent('pointerdown', at))
    track.dispatchEvent(new PointerEvent('pointerup', at))
  }
  const inSight = (selector: string) =>
    [...canvas.querySelectorAll(selector)].flatMap((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return bottom > seen.top && top < seen.bottom ? [{ element, top, bottom }] : []
    })
  /** rows, and the stretches that are drawn as empty tiles */
  const stand = ':scope > *'
  const tile = '[role=gridcell]'
  /** whether what was not there before leaves no more of the window's height uncovered than the gaps between rows */
  const isCovered = (before: ReadonlySet<Element>) => {
    const parts = inSight(stand).filter(({ element }) => !before.has(element))
    const height = parts.reduce(
      (sum, { top, bottom }) => sum + Math.min(bottom, seen.bottom) - Math.max(top, seen.top),
      0,
    )
    return height >= seen.height * 0.9
  }
  const samples: { placeholders: number; tiles: number }[] = []
  for (let scrub = 0; scrub < scrubs; scrub += 1) {
    const before = new Set([...inSight(stand), ...inSight(tile)].map(({ element }) => element))
    const start = performance.now()
    press(box.top + box.height * ((((scrub * 37) % scrubs) + 0.5) / scrubs))
    let placeholders = Number.NaN
    const tiles = await new Promise<number>((resolve) => {
      const onFrame = () => {
        const now = performance.now() - start
        if (Number.isNaN(placeholders) && isCovered(before)) placeholders = now
        const there = inSight(tile)
        if (there.length >= 10 && !there.some(({ element }) => before.has(element))) resolve(now)
        else requestAnimationFrame(onFrame)
      }
      requestAnimationFrame(onFrame)
    })
    samples.push({ placeholders: Number.isNaN(placeholders) ? tiles : placeholders, tiles })
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return samples
}

async function benchEnd(page: Page): Promise<void> {
  const oldest = await page.evaluate(async () => {
    const ask = async (name: string, input: unknown) => {
      const headers = { 'content-type': 'application/json', 'x-mantel': '1' }
      const answer = await fetch(`/rpc/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
      return (await answer.json()).value
    }
    const { months } = await ask('timeline.months', {})
    const { ids } = await ask('timeline.month', { month: months.at(-1).month })
    return ids.at(-1)
  })
  await page.locator('#timeline a').first().focus()
  await page.keyboard.press('End')
  const last = page.locator(`#timeline a[data-photo="${oldest}"]`)
  await last.waitFor()
  tell('    the last photo', `${(await last.boundingBox()) ? 'reached with End' : 'not reached'}`, 'reached')
}

async function benchFrames(page: Page, browser: Browser): Promise<void> {
  const blank = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  const control = await showEmptyTiles(blank, 1_800_000)
  for (const [name, pace] of [
    ['a fling', FLING],
    ['a stroll with pictures', STROLL],
  ] as const) {
    await page.bringToFront()
    await page.keyboard.press('Home')
    await page.waitForTimeout(500)
    const frames = await scrollFrames(page, SCROLLER, pace)
    const passed = await photosAbove(page)
    await blank.bringToFront()
    const beside = await scrollFrames(blank, control, { ...pace, step: pace.step / 10 })
    tell(`    frames of ${name} (${passed} photos)`, tail(frames), 'p95 ≤ 17 ms, p99 ≤ 50 ms')
    tell('      of empty tiles', tail(beside))
  }
  await blank.context().close()
}

/** Photos above what is in sight, by the months before it; the tile that has the focus stands before all, wherever it is. */
const photosAbove = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-mantel': '1' }
    const answer = await fetch('/rpc/timeline.months', { method: 'POST', headers, body: '{}' })
    const months: { month: string; count: number }[] = (await answer.json()).value.months
    const isInSight = (tile: Element) => {
      const { top, bottom } = tile.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    }
    const first = await new Promise<DOMStringMap>((resolve) => {
      const look = () => {
        const found = [...document.querySelectorAll<HTMLElement>('#timeline a[data-month]')].find(isInSight)
        if (found) resolve(found.dataset)
        else requestAnimationFrame(look)
      }
      look()
    })
    const above = months.filter(({ month }) => month > (first.month ?? '')).map(({ count }) => count)
    return above.reduce((sum, count) => sum + count, Number(first.index ?? 0))
  })

function tail(frames: readonly number[]): string {
  const sorted = frames.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(1)
  return `p50 ${at(0.5)} · p95 ${at(0.95)} · p99 ${at(0.99)} · max ${sorted.at(-1)?.toFixed(1)} ms (n ${frames.length})`
}

async function benchHeap(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const used = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6
  }
  await session.send('Performance.enable')
  const asItIs = await used()
  await session.send('HeapProfiler.collectGarbage')
  tell(
    '    the page’s heap',
    `${asItIs.toFixed(0)} MB, ${(await used()).toFixed(0)} MB collected`,
    '≤ 250 MB',
  )
}
