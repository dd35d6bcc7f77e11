import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makePicture } from '../../../test/support/pictures.ts'
import { failureOf, makeScanned, shown, statusOf } from '../../../test/support/scanning.ts'
import { OPERATOR } from '../../access/principal.ts'
import { areas, photos } from '../../db/schema.ts'
import { writeLibrarySettings } from '../settings/library-settings.ts'

/** Small files of a known kind that need no decoding. */
async function fill(folder: string, count: number) {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < count; index += 1) await writeFile(join(folder, `${index}.mp4`), `${index}`)
}

const missing = async (db: Parameters<typeof shown>[0], root: string) =>
  [...(await shown(db, root))].filter(([, { photo }]) => photo.shelf === 'missing').map(([path]) => path)

test('what a pattern leaves out is not shown, and comes back as it was when the pattern goes', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'exports', 'b.jpg'))
  await scan(areaId)
  await db.write((tx) => tx.update(photos).set({ archived: true }))
  const before = await shown(db, root)
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { ignore: ['/exports/'] })
  await scan(areaId)
  expect(await missing(db, root)).toEqual(['exports/b.jpg'])
  expect((await scan(areaId)).result).toMatchObject({ files: 1, missing: 0 })
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { ignore: [] })
  expect((await scan(areaId)).result).toMatchObject({ returned: 1, added: 0, edited: 0, moved: 0 })
  expect(await shown(db, root)).toEqual(before)
})

test('leaving most of a folder out does not look like a drive that is away', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await fill(join(root, 'exports', 'web'), 60)
  await fill(join(root, 'kept'), 2)
  await scan(areaId)
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { ignore: ['exports'] })
  expect((await scan(areaId)).result).toMatchObject({ files: 2, missing: 60 })
  expect(await statusOf(db, areaId)).toEqual(['online', null])
})

test('the rules of .mantelignore files count as well, wherever they stand, and hidden names', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await fill(join(root, 'a', 'b'), 60)
  await fill(join(root, 'c'), 60)
  await scan(areaId)
  await writeFile(join(root, 'a', '.mantelignore'), 'b/*.mp4\n')
  await writeFile(join(root, '.mantelignore'), '/c/\n')
  expect((await scan(areaId)).result).toMatchObject({ files: 0, missing: 120 })
  expect(await statusOf(db, areaId)).toEqual(['online', null])
  await rm(join(root, '.mantelignore'))
  await rm(join(root, 'a', '.mantelignore'))
  expect((await scan(areaId)).result).toMatchObject({ files: 120, returned: 120, added: 0 })
})

test('files that are really gone still brake, counted without those left out', async () => {
  const { home, root, db, areaId, scan } = await makeScanned()
  await fill(join(root, 'exports'), 80)
  await fill(join(root, 'kept'), 70)
  await scan(areaId)
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { ignore: ['exports'] })
  await rename(join(root, 'kept'), join(home, 'elsewhere'))
  expect(await failureOf(scan(areaId))).toBe('many_vanished')
  const [area] = await db.read.select().from(areas).where(eq(areas.id, areaId))
  expect(area).toMatchObject({ status: 'offline', vanishedCount: 70 })
  expect(await missing(db, root)).toEqual([])
  // the word of an admin covers those, and no more
  await db.write((tx) => tx.update(areas).set({ acceptedVanished: 70 }))
  expect((await scan(areaId)).result).toMatchObject({ missing: 150 })
})

test('an empty root is offline whatever the patterns say', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await fill(root, 3)
  await scan(areaId)
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { ignore: ['*.mp4'] })
  for (let index = 0; index < 3; index += 1) await rm(join(root, `${index}.mp4`))
  expect(await failureOf(scan(areaId))).toBe('root_empty')
  expect(await missing(db, root)).toEqual([])
})

test('a folder is recognised after a restart of the host by what new patterns leave out, too', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await fill(join(root, 'exports'), 60)
  await fill(join(root, 'kept'), 2)
  await scan(areaId)
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { ignore: ['exports'] })
  await db.write((tx) => tx.update(areas).set({ device: 'another number' }))
  expect((await scan(areaId)).result).toMatchObject({ files: 2, missing: 60 })
})

test('a file moved out of what is left out keeps its photo; a copy of one left out is a photo of its own', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'exports', 'a.jpg'))
  await makePicture(join(root, 'exports', 'b.jpg'), { width: 70 })
  await scan(areaId)
  const before = await shown(db, root)
  await writeLibrarySettings({ db, clock: Date.now }, OPERATOR, { ignore: ['exports'] })
  await scan(areaId)
  await rename(join(root, 'exports', 'a.jpg'), join(root, 'a.jpg'))
  await makePicture(join(root, 'copy.jpg'), { width: 70 })
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 1 })
  const after = await shown(db, root)
  expect(after.get('a.jpg')?.photo.id).toBe(before.get('exports/a.jpg')?.photo.id)
  expect(after.get('exports/b.jpg')?.photo.id).toBe(before.get('exports/b.jpg')?.photo.id)
  expect(after.get('copy.jpg')?.photo.id).not.toBe(before.get('exports/b.jpg')?.photo.id)
})
