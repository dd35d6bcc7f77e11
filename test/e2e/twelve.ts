import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { Door } from '../support/doors.ts'
import { cameraExif, makePicture } from '../support/pictures.ts'
import { setUpQuickly } from './people.ts'

/** Twelve pictures of three days of two months, four a day; the first one shown is the newest. */
async function makeFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const folder = join(directory, 'Ada')
  for (const [day, date] of ['2024:07:06', '2024:07:05', '2024:06:01'].entries())
    for (let index = 0; index < 4; index++)
      await makePicture(join(folder, `${day}-${index}.jpg`), {
        width: 120 + day,
        height: 200 + index,
        colour: `hsl(${day * 90 + index * 20} 40% 60%)`,
        exif: cameraExif({ taken: `${date} 12:0${9 - index}:00` }),
      })
  return folder
}

export const tiles = (page: Page) => page.getByRole('gridcell')
export const bar = (page: Page) => page.getByRole('group', { name: 'Selected photos' })
/** Waits until so many are said to be selected. */
export const count = (page: Page, words: string) => bar(page).getByText(words, { exact: true }).waitFor()

/** Ada's household, her twelve photos before her. */
export async function openLibrary(door: Door): Promise<Page> {
  const page = await setUpQuickly(door, await makeFolder())
  await tiles(page).nth(11).waitFor()
  return page
}

/** Which tiles are selected, by their place. */
export const places = (page: Page) =>
  tiles(page).evaluateAll((cells) =>
    cells.flatMap((cell, place) => (cell.getAttribute('aria-selected') === 'true' ? [place] : [])),
  )

interface Point {
  x: number
  y: number
}

/** A point of a tile, in parts of its width and height. */
export async function pointOf(tile: Locator, across = 0.5, down = 0.5): Promise<Point> {
  const box = await tile.boundingBox()
  if (!box) throw new Error('a tile that is not shown has no middle')
  return { x: box.x + box.width * across, y: box.y + box.height * down }
}

/** Presses the mouse at one point and moves it over others; it stays pressed. */
export async function dragOver(page: Page, from: Point, ...over: Point[]): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (const { x, y } of over) await page.mouse.move(x, y, { steps: 4 })
}
