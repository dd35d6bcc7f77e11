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
/** A fling that passes 100,000 photos (at some 45 pixels each), and a pace at which pictures are looked at. */
const FLING = { step: 2500, frames: 1900 }
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

/** From a press on the scrubber to tiles of that month in sight. */
async function benchScrubbing(page: Page): Promise<void> {
  const took = await page.evaluate(async (scrubs) => {
    const track = document.querySelector('[role=scrollbar]')
    const box = track?.getBoundingClientRect()
    if (!track || !box) return []
    const press = (y: number) => {
      const at = { bubbles: true, button: 0, pointerId: 1, clientX: box.left + 5, clientY: y }
      // the real pointer would wait for frames of its own; its capture is nobody's here
      track.setPointerCapture = () => {}
      track.dispatchEvent(new PointerEvent('pointerdown', at))
      track.dispatchEvent(new PointerEvent('pointerup', at))
    }
    const inSight = () =>
      [...document.querySelectorAll('#timeline [role=gridcell]')].filter((tile) => {
        const { top, bottom } = tile.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
    const samples: number[] = []
    for (let scrub = 0; scrub < scrubs; scrub += 1) {
      const before = new Set(inSight())
      const start = performance.now()
      press(box.top + box.height * ((((scrub * 37) % scrubs) + 0.5) / scrubs))
      samples.push(
        await new Promise<number>((resolve) => {
          const onFrame = () => {
            const tiles = inSight()
            const isNew = tiles.length >= 10 && !tiles.some((tile) => before.has(tile))
            if (isNew) resolve(performance.now() - start)
            else requestAnimationFrame(onFrame)
          }
          requestAnimationFrame(onFrame)
        }),
      )
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return samples
  }, SCRUBS)
  tell('    scrub anywhere, to placeholders', spread(took), '≤ 300 ms')
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

/** Photos above what is in sight, by the months before it. */
const photosAbove = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'x-mantel': '1' }
    const answer = await fetch('/rpc/timeline.months', { method: 'POST', headers, body: '{}' })
    const months: { month: string; count: number }[] = (await answer.json()).value.months
    const first = document.querySelector<HTMLElement>('#timeline a')?.dataset
    const above = months.filter(({ month }) => month > (first?.month ?? '')).map(({ count }) => count)
    return above.reduce((sum, count) => sum + count, Number(first?.index ?? 0))
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
