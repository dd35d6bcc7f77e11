/**
 * `npm run bench`: figures of this machine, as ratios in one run where something can be compared. No test: it judges nothing.
 * Works on the built program (`npm run build`) and on pictures it makes in a temporary folder.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchAnswering } from './answering.ts'

const directory = await mkdtemp(join(tmpdir(), 'mantel-bench-'))
try {
  await benchAnswering(directory)
} finally {
  await rm(directory, { recursive: true, force: true })
}
