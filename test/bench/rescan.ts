import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { median, runs, tell, timed } from './figures.ts'
import { secondsOf, startHousehold } from './household.ts'
import { type Peak, watchMemory } from './memory.ts'
import { makePictures } from './pictures.ts'

const DIRECTORIES = 200
const FILES = 500
/** These are decoded, so that the workers' memory counts too. */
const PICTURES = 200
const RUNS = 3

/** (b) A rescan of 100,000 files that finds no change, beside `find`; (d) the memory of that and of the first scan. */
export async function benchRescan(directory: string): Promise<void> {
  const folder = join(directory, 'files')
  await makeFiles(folder)
  const server = await startHousehold(join(directory, 'own'))
  try {
    const first = watchMemory(server.pid)
    const seconds = secondsOf(await server.addFolder(folder))
    await server.ended('previews')
    const firstPeak = first.stop()
    const own: number[] = []
    const find: number[] = []
    const later = watchMemory(server.pid)
    for (let run = 0; run < RUNS; run += 1) {
      find.push(await listWithFind(folder))
      own.push(secondsOf(await server.rescan()))
    }
    const laterPeak = later.stop()
    const count = DIRECTORIES * FILES + PICTURES
    tell(`(b) no-change rescan of ${count} files`, runs(own))
    tell("    find -printf '%s %T@'", runs(find))
    tell('    ratio of medians', (median(own) / median(find)).toFixed(2), '≤ 4')
    tell(`    their first scan (${PICTURES} of them decoded)`, `${seconds.toFixed(1)} s`)
    tell('(d) peak memory of the first scan', mebibytes(firstPeak), 'main ≤ 300 MB')
    tell('    peak memory of the rescans', mebibytes(laterPeak))
  } finally {
    await server.stop()
  }
}

const mebibytes = ({ main, all }: Peak) =>
  `main ${Math.round(main / 1e6)} MB · all processes ${Math.round(all / 1e6)} MB`

/** Nearly all are of a kind that is listed and not decoded: a rescan looks at them like at any other. */
async function makeFiles(folder: string): Promise<void> {
  for (let directory = 0; directory < DIRECTORIES; directory += 1) {
    const path = join(folder, `event ${directory}`)
    await mkdir(path, { recursive: true })
    const names = Array.from({ length: FILES }, (_, index) => `IMG_${directory}_${index}.heic`)
    await Promise.all(names.map((name) => writeFile(join(path, name), `${name}, whatever it may show`)))
  }
  await mkdir(join(folder, 'pictures'))
  await makePictures(join(folder, 'pictures'), PICTURES, 4032)
}

async function listWithFind(folder: string): Promise<number> {
  const options = { maxBuffer: 64 * 2 ** 20 }
  const find = () => promisify(execFile)('find', [folder, '-type', 'f', '-printf', '%s %T@\n'], options)
  return (await timed(find)) / 1000
}
