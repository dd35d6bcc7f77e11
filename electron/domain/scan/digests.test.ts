import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makePicture } from '../../../test/support/pictures.ts'
import { makeScanned, shown, touch } from '../../../test/support/scanning.ts'
import { directories, files } from '../../db/schema.ts'

/** A folder with three directories; tells of which ones a scan had to compare the files. */
async function makeWatched() {
  const compared: string[] = []
  const made = await makeScanned((needs) => ({
    ...needs,
    walk: {
      ...needs.walk,
      async *walk(...args) {
        const walking = needs.walk.walk(...args)
        for (;;) {
          const next = await walking.next()
          if (next.done) return next.value
          if (next.value.entries.length > 0) compared.push(next.value.directory.slice(made.root.length))
          yield next.value
        }
      },
    },
  }))
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    await mkdir(join(made.root, name))
    await makePicture(join(made.root, name, '1.jpg'), { width: 20 + index })
    await makePicture(join(made.root, name, '2.jpg'), { width: 30 + index })
  }
  const scan = async () => {
    compared.length = 0
    const { result } = await made.scan(made.areaId)
    return { ...result, compared: [...compared] }
  }
  return { ...made, scan }
}

test('a directory that is as it was indexed is not compared file by file', async () => {
  const { scan } = await makeWatched()
  expect(await scan()).toMatchObject({ added: 6, compared: ['/a', '/b', '/c'] })
  expect(await scan()).toMatchObject({ files: 6, added: 0, edited: 0, missing: 0, compared: [] })
})

test('an edit in place, a new file and one that went are found in the one directory', async () => {
  const { root, scan } = await makeWatched()
  await scan()
  await touch(join(root, 'b', '1.jpg'), 1_000_000)
  expect(await scan()).toMatchObject({ edited: 1, compared: ['/b'] })
  await makePicture(join(root, 'c', '3.jpg'), { width: 55 })
  expect(await scan()).toMatchObject({ added: 1, compared: ['/c'] })
  await rm(join(root, 'a', '1.jpg'))
  expect(await scan()).toMatchObject({ missing: 1, compared: ['/a'] })
  expect(await scan()).toMatchObject({ missing: 0, compared: [] })
})

test('a directory that went is noticed though the others are known', async () => {
  const { root, scan, db } = await makeWatched()
  await scan()
  await rm(join(root, 'a'), { recursive: true })
  expect(await scan()).toMatchObject({ missing: 2, compared: [] })
  await rename(join(root, 'b'), join(root, 'd'))
  expect(await scan()).toMatchObject({ moved: 2, compared: ['/d'] })
  expect([...(await shown(db, root)).keys()].sort()).toContain('d/1.jpg')
})

test('whoever changes what is known of a file makes the digest void', async () => {
  const { db, scan } = await makeWatched()
  await scan()
  await db.write((tx) => tx.update(files).set({ sizeBytes: 7 }).where(eq(files.id, 1)))
  expect(await scan()).toMatchObject({ edited: 1, compared: ['/a'] })
})

test('a mark that a stop left behind is replaced', async () => {
  const { db, root, scan } = await makeWatched()
  await scan()
  const at = eq(directories.path, join(root, 'a'))
  await db.write((tx) => tx.update(directories).set({ digest: 'mark:left behind' }).where(at))
  expect(await scan()).toMatchObject({ compared: ['/a'] })
  expect(await scan()).toMatchObject({ compared: [] })
})
