import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { median, runs, tell, timed } from './figures.ts'
import { secondsOf, startHousehold } from './household.ts'
import { makePictures } from './pictures.ts'

const PICTURES = 200
const RUNS = 3
const BARE = fileURLToPath(new URL('./bare-loop.ts', import.meta.url))

/** (a) How long until 12-megapixel JPEGs are in the timeline with thumbnails, beside a bare loop that only makes these. */
export async function benchThumbnails(directory: string): Promise<void> {
  const folder = join(directory, 'pictures')
  await mkdir(folder)
  await makePictures(folder, PICTURES, 4032)
  const own: number[] = []
  const bare: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await bareLoop(folder, join(directory, `bare-${run}`)))
    own.push(await firstScan(folder, join(directory, `own-${run}`)))
  }
  tell(`(a) ${PICTURES} JPEGs of 12 MP in the timeline`, runs(own))
  tell('    a bare sharp loop, two at a time', runs(bare))
  tell('    ratio of medians', (median(own) / median(bare)).toFixed(2), '≤ 1.35')
}

async function bareLoop(folder: string, target: string): Promise<number> {
  await mkdir(target)
  return (await timed(() => promisify(execFile)(process.execPath, [BARE, folder, target]))) / 1000
}

/** Seconds from asking for the first scan until it is done, which ends with the thumbnails. */
async function firstScan(folder: string, directory: string): Promise<number> {
  const server = await startHousehold(directory)
  try {
    const seconds = secondsOf(await server.addFolder(folder))
    const { months } = await server.ada.get('timeline.months', {})
    const shown = months.reduce((sum, { count }) => sum + count, 0)
    if (shown !== PICTURES) throw new Error(`${shown} of ${PICTURES} pictures are shown`)
    return seconds
  } finally {
    await server.stop()
  }
}
