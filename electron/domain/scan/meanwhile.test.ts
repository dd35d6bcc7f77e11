import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makePicture } from '../../../test/support/pictures.ts'
import { makeScanned, shown } from '../../../test/support/scanning.ts'
import type { ScanNeeds } from './scan-area.ts'

/** Calls `arrive` with every directory when the walk has told of it, with `end`, and with every folder looked at by itself. */
const watched =
  (arrive: (place: string) => Promise<void>) =>
  (needs: ScanNeeds): ScanNeeds => ({
    ...needs,
    walk: {
      ...needs.walk,
      async check(path) {
        await arrive(`look at ${path}`)
        return needs.walk.check(path)
      },
      async *walk(...options) {
        const walking = needs.walk.walk(...options)
        for (;;) {
          const { done, value } = await walking.next()
          if (done) {
            await arrive('end')
            return value
          }
          yield value
          await arrive(value.directory)
        }
      },
    },
  })

/** A household in which something happens once, when a scan comes by a place. */
async function makeInterrupted() {
  let due: { place: string; action: () => Promise<unknown> } | undefined
  const scanned = await makeScanned(
    watched(async (place) => {
      if (place !== due?.place) return
      const { action } = due
      due = undefined
      await action()
    }),
  )
  const at = (place: string, action: () => Promise<unknown>) => {
    due = { place, action }
  }
  return { ...scanned, at, isOver: () => due === undefined }
}

test('a file moved on while the walk is between its old place and its new one keeps its photo', async () => {
  const { root, db, areaId, scan, at, isOver } = await makeInterrupted()
  for (const name of ['one', 'two']) await mkdir(join(root, name))
  await makePicture(join(root, 'one', 'a.jpg'))
  await makePicture(join(root, 'one', 'b.jpg'), { width: 90 })
  await scan(areaId)
  const before = (await shown(db, root)).get('one/a.jpg')
  // so that there is something to tell of the directory in which a.jpg still lies
  await makePicture(join(root, 'one', 'c.jpg'), { width: 91 })
  at(join(root, 'one'), () => rename(join(root, 'one', 'a.jpg'), join(root, 'two', 'a.jpg')))
  expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 1, missing: 0 })
  expect(isOver()).toBe(true)
  const after = await shown(db, root)
  expect(after.get('two/a.jpg')?.photo.id).toBe(before?.photo.id)
  expect(after.size).toBe(3)
  expect((await scan(areaId)).result).toMatchObject({ moved: 0, added: 0, edited: 0, missing: 0 })
})

test('a scan stopped after a move leaves nothing unread of a file that got another extension', async () => {
  const stopping = new AbortController()
  let reads = 0
  const { root, db, areaId, scan } = await makeScanned((needs) => ({
    ...needs,
    media: {
      inspect: (file, ...rest) => {
        if (file.path.endsWith('a.jpg')) reads += 1
        // the first time it was read to be known again, the second time it has its place
        if (reads === 2) stopping.abort(new Error('enough'))
        return needs.media.inspect(file, ...rest)
      },
    },
  }))
  await writeFile(join(root, 'a.mp4'), 'no film')
  await makePicture(join(root, 'b.jpg'))
  await scan(areaId)
  const before = (await shown(db, root)).get('a.mp4')
  expect(before?.photo).toMatchObject({ kind: 'video', state: 'unsupported' })
  await rename(join(root, 'a.mp4'), join(root, 'a.jpg'))
  await expect(scan(areaId, stopping.signal)).rejects.toThrow('enough')
  expect((await scan(areaId)).result).toMatchObject({ edited: 1, broken: 1 })
  const after = (await shown(db, root)).get('a.jpg')
  expect(after?.photo).toMatchObject({ id: before?.photo.id, kind: 'image', state: 'broken' })
  expect((await scan(areaId)).result).toMatchObject({ edited: 0 })
})

test('what the scan of another folder has taken over meanwhile is not missing', async () => {
  const { home, root, db, areaId, areaOf, scan, at, isOver } = await makeInterrupted()
  await mkdir(join(home, 'other'))
  const other = await areaOf(join(home, 'other'))
  for (const [index, name] of ['a', 'b'].entries())
    await makePicture(join(root, `${name}.jpg`), { width: 60 + index })
  await scan(areaId)
  const before = (await shown(db, root)).get('a.jpg')
  await rename(join(root, 'a.jpg'), join(home, 'other', 'a.jpg'))
  at('end', async () => {
    expect((await scan(other)).result).toMatchObject({ moved: 1, added: 0 })
  })
  await scan(areaId)
  expect(isOver()).toBe(true)
  const after = (await shown(db, home)).get('other/a.jpg')
  expect(after?.photo).toMatchObject({ id: before?.photo.id, areaId: other, shelf: 'shown' })
  expect(after?.file).toMatchObject({ presence: 'present', missingSince: null })
})

test('two folders that find the same vanished file: one takes it over, the other has a copy', async () => {
  const { home, root, db, areaId, areaOf, scan, at, isOver } = await makeInterrupted()
  for (const name of ['one', 'two']) await mkdir(join(home, name))
  const [one, two] = [await areaOf(join(home, 'one')), await areaOf(join(home, 'two'))]
  for (const name of ['a', 'b']) await writeFile(join(root, `${name}.mp4`), name)
  await scan(areaId)
  await copyFile(join(root, 'a.mp4'), join(home, 'one', 'a.mp4'))
  await rename(join(root, 'a.mp4'), join(home, 'two', 'a.mp4'))
  // asked when the first scan decides where the vanished file went
  at(`look at ${root}`, async () => {
    expect((await scan(two)).result).toMatchObject({ moved: 1, added: 0 })
  })
  expect((await scan(one)).result).toMatchObject({ moved: 0, added: 1 })
  expect(isOver()).toBe(true)
  const after = await shown(db, home)
  expect([...after.keys()].sort()).toEqual(['one/a.mp4', 'pictures/b.mp4', 'two/a.mp4'])
  expect(new Set([...after.values()].map(({ photo }) => photo.id)).size).toBe(3)
})
