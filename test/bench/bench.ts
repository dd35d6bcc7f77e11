/**
 * `npm run bench`: figures of this machine, as ratios in one run where something can be compared. No test: it judges nothing.
 * Works on the built program (`npm run build`) and on pictures it makes in a temporary folder. `npm run bench -- rescan million`
 * runs only these parts.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchAnswering } from './answering.ts'
import { benchBrowser } from './browser/browser.ts'
import { benchColdStart } from './cold-start.ts'
import { benchMetadata } from './metadata.ts'
import { benchMillion } from './million.ts'
import { benchRescan } from './rescan.ts'
import { benchThumbnails } from './thumbnails.ts'
import { benchVisitors } from './visitors.ts'

const parts: Record<string, (directory: string) => Promise<void>> = {
  thumbnails: benchThumbnails,
  rescan: benchRescan,
  million: benchMillion,
  'cold-start': benchColdStart,
  metadata: benchMetadata,
  answering: benchAnswering,
  browser: benchBrowser,
  visitors: benchVisitors,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}

const directory = await mkdtemp(join(tmpdir(), 'mantel-bench-'))
try {
  for (const [name, run] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    await mkdir(join(directory, name))
    await run(join(directory, name))
    await rm(join(directory, name), { recursive: true })
  }
} finally {
  await rm(directory, { recursive: true, force: true })
}
