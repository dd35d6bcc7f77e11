import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeScanned, shown, walk } from '../../../test/support/scanning.ts'
import { Moves } from './moves.ts'
import { markMissing } from './presence.ts'

test('of more files than are held back, further ones are taken for new, and nothing is guessed for that', async () => {
  const { root, db, areaId, scan } = await makeScanned()
  for (const name of ['a', 'b', 'c', 'd']) await writeFile(join(root, `${name}.mp4`), `film ${name}`)
  await scan(areaId)
  const rows = [...(await shown(db, root))].map(([path, { file }]) => ({ path, file }))
  const found = (from: string, name: string) => {
    const file = rows.find(({ path }) => path === `${from}.mp4`)?.file
    const { sizeBytes = 0, quickHash = null } = file ?? {}
    return { directory: root, name, sizeBytes, quickHash, mtimeMs: 5, identity: name, known: null }
  }
  for (const name of ['a', 'b', 'c', 'd'])
    await rename(join(root, `${name}.mp4`), join(root, `moved-${name}.mp4`))
  const moves = new Moves({ db, walk }, areaId, 3)
  const arrivals = ['a', 'b', 'c', 'd'].map((name) => found(name, `moved-${name}.mp4`))
  expect(await moves.hold(arrivals)).toEqual([arrivals[3]])
  const copy = found('b', 'copy-of-b.mp4')
  expect(await moves.hold([copy])).toEqual([copy])
  const { moves: resolved, rest } = await moves.resolve(() => true)
  expect(resolved.map(({ file, to }) => [file.name, to.name])).toEqual([
    ['a.mp4', 'moved-a.mp4'],
    ['c.mp4', 'moved-c.mp4'],
  ])
  expect(rest.map(({ name }) => name)).toEqual(['moved-b.mp4'])
})

test('what another folder’s scan found meanwhile is not marked missing', async () => {
  const { home, root, db, areaId, areaOf, scan } = await makeScanned()
  await mkdir(join(home, 'other'))
  await writeFile(join(root, 'a.mp4'), 'film a')
  await scan(areaId)
  const other = await areaOf(join(home, 'other'))
  const fileId = (await shown(db, root)).get('a.mp4')?.file.id ?? 0
  await rename(join(root, 'a.mp4'), join(home, 'other', 'a.mp4'))
  // the first folder's walk has come to its end: it did not find the file
  expect((await scan(other)).result.moved).toBe(1)
  await markMissing(db, { areaId, fileIds: [fileId] }, 5, new AbortController().signal)
  expect((await shown(db, home)).get('other/a.mp4')).toMatchObject({
    file: { id: fileId, presence: 'present' },
    photo: { shelf: 'shown' },
  })
})
