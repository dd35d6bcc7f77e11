import { mkdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { canMount, type Mount, mountDisk, plugIn } from '../../../test/support/mounts.ts'
import { makePicture } from '../../../test/support/pictures.ts'
import { failureOf, makeScanned, shown, statusOf } from '../../../test/support/scanning.ts'
import { files, photos } from '../../db/schema.ts'
import type { ScanNeeds } from './scan-area.ts'

/** Does something once, in the middle of a scan: before the given batch of its walk, counted from 1. */
const duringWalk =
  (batch: number, happen: () => Promise<unknown>) =>
  (needs: ScanNeeds): ScanNeeds => {
    let told = 0
    return {
      ...needs,
      walk: {
        ...needs.walk,
        async *walk(...args) {
          const walking = needs.walk.walk(...args)
          for (;;) {
            told += 1
            if (told === batch) await happen()
            const step = await walking.next()
            if (step.done) return step.value
            yield step.value
          }
        },
      },
    }
  }

/** Does something once, before the given request to read a file's metadata, counted from 1. */
const duringInspect =
  (count: number, happen: () => Promise<unknown>) =>
  (needs: ScanNeeds): ScanNeeds => {
    let asked = 0
    return {
      ...needs,
      media: {
        inspect: async (...args) => {
          asked += 1
          if (asked === count) await happen()
          return needs.media.inspect(...args)
        },
      },
    }
  }

/** Does something once, before the given picture is made, counted from 1. */
const duringRender =
  (count: number, happen: () => Promise<unknown>) =>
  (needs: ScanNeeds): ScanNeeds => {
    let asked = 0
    return {
      ...needs,
      rendering: {
        ...needs.rendering,
        ensureRendered: async (...args) => {
          asked += 1
          if (asked === count) await happen()
          return needs.rendering.ensureRendered(...args)
        },
      },
    }
  }

/** A scanned folder of three directories with two pictures each, one of them archived, so that an overlay is there to be lost. */
async function makeLibrary(
  wrap: (needs: ScanNeeds) => ScanNeeds,
  prepare: (places: Places) => Promise<void> = async () => undefined,
) {
  let isArmed = false
  const household = await makeScanned((needs) => {
    const armed = wrap(needs)
    // the first scans go well
    return {
      ...needs,
      walk: { ...needs.walk, walk: (...args) => (isArmed ? armed : needs).walk.walk(...args) },
      media: { inspect: (...args) => (isArmed ? armed : needs).media.inspect(...args) },
      rendering: {
        ...needs.rendering,
        ensureRendered: (...args) => (isArmed ? armed : needs).rendering.ensureRendered(...args),
      },
    }
  })
  const { root, db, areaId, scan } = household
  await prepare(household)
  for (const folder of ['1', '2', '3'])
    for (const name of ['a.jpg', 'b.jpg'])
      await makePicture(join(root, folder, name), {
        width: 40 + Number(folder),
        height: name === 'a.jpg' ? 30 : 31,
      })
  await scan(areaId)
  await db.write((tx) => tx.update(photos).set({ archived: true }).where(eq(photos.id, 2)))
  const before = await shown(db, root)
  isArmed = true
  return {
    ...household,
    before,
    /** Scans again, without trouble, and expects everything to be as it was. */
    async expectBack() {
      isArmed = false
      await scan(areaId)
      expect(await statusOf(db, areaId)).toEqual(['online', null])
      const after = await shown(db, root)
      for (const [path, { photo, file }] of before) {
        const { version: _, ...kept } = photo
        expect(after.get(path)).toMatchObject({ photo: kept, file })
      }
    },
  }
}

test('a folder that vanishes in the middle of the walk goes offline, and loses nothing', async () => {
  const library = await makeLibrary(duringWalk(2, () => rename(library.root, join(library.home, 'away'))))
  const { home, root, db, areaId, before } = library
  await makePicture(join(root, '3', 'new.jpg'), { width: 77 })
  expect(await failureOf(library.scan(areaId))).toBe('root_missing')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'root_missing'])
  expect(await shown(db, root)).toEqual(before)
  await rename(join(home, 'away'), root)
  await library.expectBack()
  expect((await shown(db, root)).get('3/new.jpg')?.photo.state).toBe('ready')
})

test('another drive that comes to the path in the middle of a walk: nothing of it is taken, nothing is missing', async () => {
  const library = await makeLibrary(duringWalk(2, () => swap(library)))
  const { home, root, db, areaId, before } = library
  const other = join(home, 'other')
  await makePicture(join(other, '2', 'a.jpg'), { width: 99 })
  await makePicture(join(other, '3', 'other.jpg'), { width: 98 })
  expect(await failureOf(library.scan(areaId))).toBe('root_replaced')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'root_replaced'])
  expect(await shown(db, root)).toEqual(before)
  expect(await db.read.$count(files)).toBe(before.size)
  await swapBack(library)
  await library.expectBack()
})

interface Places {
  home: string
  root: string
}

async function swap({ home, root }: Places) {
  await rename(root, join(home, 'away'))
  await rename(join(home, 'other'), root)
}

async function swapBack({ home, root }: Places) {
  await rename(root, join(home, 'other'))
  await rename(join(home, 'away'), root)
}

test('a folder that vanishes while metadata are read', async () => {
  const library = await makeLibrary(duringInspect(3, () => rename(library.root, join(library.home, 'away'))))
  const { home, root, db, areaId, before } = library
  for (let index = 0; index < 9; index += 1)
    await makePicture(join(root, 'new', `${index}.jpg`), { width: 60 + index })
  expect(await failureOf(library.scan(areaId))).toBe('root_missing')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'root_missing'])
  expect(await shown(db, root)).toEqual(before)
  await rename(join(home, 'away'), root)
  await library.expectBack()
  expect(await db.read.$count(photos, eq(photos.state, 'ready'))).toBe(15)
})

test('a folder that vanishes while pictures are made: the rest waits for it', async () => {
  const library = await makeLibrary(duringRender(3, () => rename(library.root, join(library.home, 'away'))))
  const { home, root, db, areaId } = library
  for (let index = 0; index < 9; index += 1)
    await makePicture(join(root, 'new', `${index}.jpg`), { width: 60 + index })
  expect(await failureOf(library.scan(areaId))).toBe('root_missing')
  expect(await statusOf(db, areaId)).toEqual(['offline', 'root_missing'])
  expect(await db.read.$count(photos, eq(photos.state, 'broken'))).toBe(0)
  expect(await db.read.$count(photos, eq(photos.state, 'pending'))).toBeGreaterThan(0)
  expect(await db.read.$count(files, eq(files.presence, 'missing'))).toBe(0)
  // whoever asks for a picture meanwhile is told, and no process tries
  const [waiting] = await db.read.select().from(photos).where(eq(photos.state, 'pending'))
  expect(
    await library.rendering.ensureRendered(waiting?.id ?? 0, 'thumb', { priority: 'urgent' }),
  ).toMatchObject({
    state: 'trouble',
    reason: 'root_missing',
  })
  await rename(join(home, 'away'), root)
  await library.expectBack()
  expect(await db.read.$count(photos, eq(photos.state, 'ready'))).toBe(15)
})

test('a single file that vanishes while it is read is listed, and does not stop the rest', async () => {
  const library = await makeLibrary(duringInspect(1, () => rm(join(library.root, 'new', '0.jpg'))))
  const { root, db, areaId } = library
  for (let index = 0; index < 3; index += 1)
    await makePicture(join(root, 'new', `${index}.jpg`), { width: 60 + index })
  const { failures } = await library.scan(areaId)
  expect(failures).toEqual([{ path: join(root, 'new', '0.jpg'), reason: 'file_missing' }])
  expect(await statusOf(db, areaId)).toEqual(['online', null])
  expect(await db.read.$count(photos, eq(photos.state, 'ready'))).toBe(8)
})

test('a directory that became a link in the middle of a scan: none of what it leads to is shown', async () => {
  const library = await makeLibrary(duringInspect(1, () => link(library)))
  const { home, root, db, areaId } = library
  await makePicture(join(home, 'private', 'a.jpg'), { width: 99 })
  await makePicture(join(root, 'new', 'a.jpg'), { width: 60 })
  const { failures } = await library.scan(areaId)
  expect(failures).toEqual([{ path: join(root, 'new', 'a.jpg'), reason: 'file_is_link' }])
  expect((await shown(db, root)).has('new/a.jpg')).toBe(false)
  await library.expectBack()
})

async function link({ home, root }: Places) {
  await rename(join(root, 'new'), join(home, 'new'))
  await symlink(join(home, 'private'), join(root, 'new'), 'junction')
}

const skipped = canMount ? '' : ' (skipped: no mounts here)'

test.skipIf(!canMount)(
  `a drive that is pulled while metadata are read, and comes back${skipped}`,
  async () => {
    const mounts: Mount[] = []
    const plug = ({ home, root }: Places) => {
      const drive = plugIn(join(home, 'drive'), root)
      mounts.push(drive)
      return drive
    }
    const library = await makeLibrary(
      duringInspect(2, async () => mounts.at(-1)?.end()),
      async (places) => {
        await mkdir(join(places.home, 'drive'))
        mounts.push(mountDisk(join(places.home, 'drive')))
        plug(places)
      },
    )
    // what is registered last happens first: before the folders are removed
    onTestFinished(() => {
      for (const mount of mounts.reverse()) mount.end()
    })
    const { root, db, areaId, before } = library
    for (let index = 0; index < 9; index += 1)
      await makePicture(join(root, 'new', `${index}.jpg`), { width: 60 + index })
    // the empty directory it was mounted at is there, and another one
    expect(await failureOf(library.scan(areaId))).toBe('root_replaced')
    expect(await statusOf(db, areaId)).toEqual(['offline', 'root_replaced'])
    expect(await shown(db, root)).toEqual(before)
    plug(library)
    await library.expectBack()
    expect(await db.read.$count(photos, eq(photos.state, 'ready'))).toBe(15)
  },
)
