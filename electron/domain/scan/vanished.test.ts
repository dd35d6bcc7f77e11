import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makePicture } from '../../../test/support/pictures.ts'
import { failureOf, makeScanned, shown, statusOf, touch } from '../../../test/support/scanning.ts'
import { areas, files } from '../../db/schema.ts'

test('a vanished file is missing, and the same photo when it is back', async () => {
  const { home, root, db, areaId, scan } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'sub', 'b.jpg'))
  await scan(areaId)
  const before = await shown(db, root)
  await rename(join(root, 'sub'), join(home, 'elsewhere'))
  expect((await scan(areaId)).result).toMatchObject({ missing: 1, returned: 0 })
  const gone = (await shown(db, root)).get('sub/b.jpg')
  expect(gone?.file.presence).toBe('missing')
  expect(gone?.file.missingSince).toBeGreaterThan(0)
  expect(gone?.photo.shelf).toBe('missing')
  expect((await shown(db, root)).get('a.jpg')?.photo.shelf).toBe('shown')
  expect((await scan(areaId)).result).toMatchObject({ missing: 0 })

  await rename(join(home, 'elsewhere'), join(root, 'sub'))
  expect((await scan(areaId)).result).toMatchObject({ missing: 0, returned: 1, added: 0, edited: 0 })
  expect(await shown(db, root)).toEqual(before)
})

test('what a folder of its own has yet to take over has not vanished from the one around it', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  for (let index = 0; index < 60; index += 1) {
    await mkdir(join(root, 'sub'), { recursive: true })
    await writeFile(join(root, 'sub', `${index}.mp4`), `${index}`)
  }
  await writeFile(join(root, 'own.mp4'), 'own')
  await scan(areaId)
  const before = await shown(db, root)
  // as it stands while the rows are moved, which takes its time
  const area = { path: join(root, 'sub'), parentId: areaId, device: '1', inode: '1', createdAt: 0 }
  await db.write((tx) => tx.insert(areas).values(area))
  expect((await scan(areaId)).result).toMatchObject({ missing: 0 })
  expect(await statusOf(db, areaId)).toEqual(['online', null])
  expect(await shown(db, root)).toEqual(before)
})

test('a file that is back in another shape is the same photo, edited', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  const path = await makePicture(join(root, 'a.jpg'))
  await makePicture(join(root, 'b.jpg'))
  await scan(areaId)
  const before = (await shown(db, root)).get('a.jpg')
  await rm(path)
  await scan(areaId)
  await makePicture(path, { width: 80 })
  expect((await scan(areaId)).result).toMatchObject({ edited: 1 })
  const after = (await shown(db, root)).get('a.jpg')
  expect(after?.photo).toMatchObject({ id: before?.photo.id, shelf: 'shown', version: 2, width: 80 })
  expect(after?.file).toMatchObject({ presence: 'present', missingSince: null })
})

test('a root that is gone takes its area offline, and nothing is forgotten', async () => {
  const { home, root, db, areaId, scan, statuses } = await makeScanned()
  await makePicture(join(root, 'a.jpg'))
  await scan(areaId)
  const before = await shown(db, root)
  await rename(root, join(home, 'unplugged'))
  expect(await failureOf(scan(areaId))).toBe('root_missing')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'root_missing'])
  expect(await shown(db, root)).toEqual(before)
  await rename(join(home, 'unplugged'), root)
  await scan(areaId)
  expect(await statusOf(db, areaId)).toEqual(['online', null])
  expect(await shown(db, root)).toEqual(before)
  expect(statuses).toEqual([areaId, areaId])
})

test('a root that is empty although it held files goes offline; one that never held any does not', async () => {
  const { home, root, db, areaId, areaOf, scan } = await makeScanned()
  expect((await scan(areaId)).result.files).toBe(0)
  await makePicture(join(root, 'a.jpg'))
  await scan(areaId)
  await rename(join(root, 'a.jpg'), join(home, 'a.jpg'))
  expect(await failureOf(scan(areaId))).toBe('root_empty')
  expect((await shown(db, root)).get('a.jpg')?.photo.shelf).toBe('shown')
  // a folder with other things left in it is not empty: the file was taken out by somebody
  await writeFile(join(root, 'notes.txt'), '')
  expect((await scan(areaId)).result.missing).toBe(1)
  await mkdir(join(home, 'new'))
  expect((await scan(await areaOf(join(home, 'new')))).result.files).toBe(0)
})

test('another folder at the same path counts as gone; the same files under new numbers do not', async () => {
  const { home, root, db, areaId, scan } = await makeScanned()
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
    await makePicture(join(root, name))
    await touch(join(root, name), 1_600_000_000)
  }
  await scan(areaId)
  const before = await shown(db, root)
  await rename(root, join(home, 'old'))
  await mkdir(root)
  await makePicture(join(root, 'other.jpg'))
  expect(await failureOf(scan(areaId))).toBe('root_replaced')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'root_replaced'])
  expect(await shown(db, root)).toEqual(before)

  await rm(root, { recursive: true })
  await mkdir(root)
  for (const name of ['a.jpg', 'b.jpg']) {
    await copyFile(join(home, 'old', name), join(root, name))
    await touch(join(root, name), 1_600_000_000)
  }
  expect((await scan(areaId)).result).toMatchObject({ added: 0, edited: 0, missing: 1 })
  expect(await statusOf(db, areaId)).toEqual(['online', null])
})

test('an admin can say that another folder at the same path is meant, for as many files as were shown', async () => {
  const { home, root, db, areaId, scan } = await makeScanned()
  for (const name of ['a.jpg', 'b.jpg']) await makePicture(join(root, name))
  await scan(areaId)
  await rename(root, join(home, 'old'))
  await mkdir(root)
  await makePicture(join(root, 'other.jpg'), { width: 77 })
  expect(await failureOf(scan(areaId))).toBe('root_replaced')
  const accept = (count: number) =>
    db.write((tx) => tx.update(areas).set({ acceptedVanished: count }).where(eq(areas.id, areaId)))
  expect(await db.read.select({ count: areas.vanishedCount }).from(areas)).toEqual([{ count: 2 }])
  await accept(1)
  expect(await failureOf(scan(areaId))).toBe('root_replaced')
  await accept(2)
  expect((await scan(areaId)).result).toMatchObject({ added: 1, missing: 2 })
  expect(await statusOf(db, areaId)).toEqual(['online', null])
  // from then on this is the folder
  expect((await scan(areaId)).result).toMatchObject({ added: 0, missing: 0 })
})

test('when most of a subtree vanishes at once the area waits; a few files are just missing', async () => {
  const { home, root, db, areaId, scan } = await makeScanned()
  const name = (index: number) => `${index}.mp4`
  for (const folder of ['trip', 'home']) {
    await mkdir(join(root, folder))
    for (let index = 0; index < 120; index += 1) await writeFile(join(root, folder, name(index)), `${index}`)
  }
  await scan(areaId)
  const kept = join(home, 'kept')
  await mkdir(kept)
  for (let index = 0; index < 49; index += 1)
    await rename(join(root, 'trip', name(index)), join(kept, name(index)))
  expect((await scan(areaId)).result.missing).toBe(49)
  for (let index = 0; index < 49; index += 1)
    await rename(join(kept, name(index)), join(root, 'trip', name(index)))
  expect((await scan(areaId)).result.returned).toBe(49)

  await rename(join(root, 'trip'), join(home, 'trip'))
  expect(await failureOf(scan(areaId))).toBe('many_vanished')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'many_vanished'])
  expect(await db.read.$count(files, eq(files.presence, 'missing'))).toBe(0)
  await rename(join(home, 'trip'), join(root, 'trip'))
  expect((await scan(areaId)).result).toMatchObject({ missing: 0, returned: 0, added: 0 })
  expect(await statusOf(db, areaId)).toEqual(['online', null])
})

test('what is new in a folder that waits is shown all the same', async () => {
  const { home, root, db, areaId, scan } = await makeScanned()
  await mkdir(join(root, 'trip'))
  for (let index = 0; index < 60; index += 1) await writeFile(join(root, 'trip', `${index}.mp4`), `${index}`)
  await scan(areaId)
  await rename(join(root, 'trip'), join(home, 'trip'))
  await makePicture(join(root, 'new.jpg'), { width: 30, height: 20 })
  expect(await failureOf(scan(areaId))).toBe('many_vanished')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'many_vanished'])
  expect((await shown(db, root)).get('new.jpg')?.photo.state).toBe('ready')
})

test('an admin can say that what vanished is really gone, once and for so many files only', async () => {
  const { home, root, db, areaId, scan, statuses } = await makeScanned()
  for (const [folder, count] of [
    ['gone', 60],
    ['later', 70],
    ['kept', 10],
  ] as const) {
    await mkdir(join(root, folder))
    for (let index = 0; index < count; index += 1)
      await writeFile(join(root, folder, `${index}.mp4`), `${folder} ${index}`)
  }
  await scan(areaId)
  const area = async () => (await db.read.select().from(areas))[0]
  const accept = async () => {
    const acceptedVanished = (await area())?.vanishedCount
    await db.write((tx) => tx.update(areas).set({ acceptedVanished }))
  }
  await rename(join(root, 'gone'), join(home, 'gone'))
  expect(await failureOf(scan(areaId))).toBe('many_vanished')
  expect(await area()).toMatchObject({ status: 'offline', vanishedCount: 60, acceptedVanished: null })
  await accept()
  // more than was accepted: asked again
  await rename(join(root, 'later'), join(home, 'later'))
  expect(await failureOf(scan(areaId))).toBe('many_vanished')
  expect(await area()).toMatchObject({ status: 'offline', vanishedCount: 130, acceptedVanished: null })
  expect(await db.read.$count(files, eq(files.presence, 'missing'))).toBe(0)
  await accept()
  expect((await scan(areaId)).result.missing).toBe(130)
  expect(await area()).toMatchObject({ status: 'online', vanishedCount: 0, acceptedVanished: null })
  expect(statuses).toHaveLength(3)

  // used up: an emptied folder waits for a decision of its own
  await rename(join(root, 'kept'), join(home, 'kept'))
  expect(await failureOf(scan(areaId))).toBe('root_empty')
  expect(await area()).toMatchObject({ vanishedCount: 10 })
  await accept()
  expect((await scan(areaId)).result.missing).toBe(10)
  expect(await statusOf(db, areaId)).toEqual(['online', null])
})

test('a directory that cannot be read is told, and its files are not taken for gone', async () => {
  const { root, db, areaId, scan } = await makeScanned((needs) => ({
    ...needs,
    walk: {
      ...needs.walk,
      // permissions do not bind the user tests often run as, so the answer of the disk is given here
      async *walk(options, signal) {
        const walking = needs.walk.walk(options, signal)
        for (;;) {
          const step = await walking.next()
          if (step.done) return step.value
          const locked = isLocked && step.value.directory.endsWith('locked')
          const isBelowLocked = isLocked && step.value.directory.includes('locked/')
          if (isBelowLocked) continue
          const problem = 'folder_unreadable' as const
          yield locked ? { ...step.value, entries: [], complete: false, problem } : step.value
        }
      },
    },
  }))
  let isLocked = false
  await makePicture(join(root, 'locked', 'a.jpg'))
  await makePicture(join(root, 'locked', 'below', 'b.jpg'))
  await makePicture(join(root, 'c.jpg'))
  await scan(areaId)
  isLocked = true
  const { result, failures } = await scan(areaId)
  expect(result.missing).toBe(0)
  expect(failures).toEqual([{ path: join(root, 'locked'), reason: 'folder_unreadable' }])
  expect(await db.read.$count(files, eq(files.presence, 'missing'))).toBe(0)
})
