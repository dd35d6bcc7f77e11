import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makePicture } from '../../../test/support/pictures.ts'
import { makeScanned, shown } from '../../../test/support/scanning.ts'
import type { JobContext } from '../jobs/work.ts'
import { scanArea } from './scan-area.ts'

const pictures = 8

/** A folder whose scan was paused when the first thumbnail was there. */
async function makePaused() {
  const household = await makeScanned()
  const { root, db, areaId, needs } = household
  for (let index = 0; index < pictures; index += 1)
    await makePicture(join(root, `${index}.jpg`), { colour: `hsl(${index * 40} 50% 50%)` })
  await writeFile(join(root, 'damaged.jpg'), 'no picture')
  const nothing = () => undefined
  const told: { done: number; total: number | null; counts: Record<string, number> }[] = []

  /** Scans until `enough` says so, or to the end. */
  async function scan(earlier: JobContext['earlier'], enough: (counts: Record<string, number>) => boolean) {
    const stopping = new AbortController()
    told.length = 0
    return scanArea({ ...needs, atOnce: () => 2 }, areaId, {
      signal: stopping.signal,
      fail: nothing,
      ...(earlier && { earlier }),
      progress: (done, total, counts = {}) => {
        told.push({ done, total, counts })
        if (enough(counts)) stopping.abort(new Error('paused'))
      },
    })
  }
  await expect(scan(undefined, ({ ready = 0 }) => ready > 0)).rejects.toThrow('paused')
  const pending = async () =>
    [...(await shown(db, root)).values()].flatMap(({ photo }) =>
      photo.state === 'pending' ? [photo.id] : [],
    )
  return { ...household, scan, told, pending }
}

test('somebody who looks at a picture has it made while the scan is paused', async () => {
  const { rendering, pending } = await makePaused()
  const [id = 0, ...others] = await pending()
  expect(others.length).toBeGreaterThan(0)
  const asked = await rendering.ensureRendered(id, 'thumb', { priority: 'urgent' })
  expect(asked?.state === 'ready' || asked?.state === 'broken').toBe(true)
  expect(await pending()).toEqual(others)
})

test('a scan that goes on counts on, and is as far as it was', async () => {
  const { scan, told, pending } = await makePaused()
  const last = told.at(-1)
  const settled = pictures + 1 - (await pending()).length
  // what was in work when it was paused is counted too
  expect(last).toMatchObject({
    done: settled,
    total: pictures + 1,
    counts: { added: pictures + 1, edited: 0 },
  })
  const result = await scan(last?.counts, () => false)
  expect(result).toMatchObject({ files: pictures + 1, added: pictures + 1, edited: 0, missing: 0 })
  const known = told.filter(({ total }) => total !== null)
  expect(known[0]).toMatchObject({ done: settled })
  expect(known.at(-1)).toMatchObject({ done: pictures + 1, total: pictures + 1 })
  expect(await pending()).toEqual([])
})
