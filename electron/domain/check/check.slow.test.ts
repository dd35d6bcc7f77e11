import { appendFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { callerOf, openTestHousehold } from '../../../test/support/household.ts'
import { makePicture } from '../../../test/support/pictures.ts'
import { operatorCaller } from '../../core.ts'
import { Connection } from '../../db/connection.ts'
import { migrationsFolder } from '../../db/migrations-folder.ts'
import { checkHousehold } from './check.ts'

async function household() {
  const home = await openTestHousehold()
  onTestFinished(() => home.close())
  const dataDir = join(home.directory, 'data')
  const folder = await home.folder('family')
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg'])
    await makePicture(join(folder, name), { colour: `#0${name.codePointAt(0)}`, mtime: new Date(2020, 1, 1) })
  await home.get(callerOf(operatorCaller.principal), 'folders.add', { path: folder })
  await home.idle()
  const check = (readBytes = true) =>
    checkHousehold({ dataDir, migrationsFolder: migrationsFolder(), readBytes, progress: () => {} })
  const change = async (sql: string) => {
    const connection = await Connection.open(join(dataDir, 'mantel.sqlite'), { mode: 'write' })
    await connection.exec(sql)
    await connection.close()
  }
  return { dataDir, folder, check, change, stop: home.stop }
}

test('a household in order is told so, while it runs and afterwards', async () => {
  const { check, stop } = await household()
  const report = await check()
  expect(report).toMatchObject({
    ok: true,
    database: { damage: [], danglingRows: 0, wrongCounts: 0, wrongTriggers: [] },
    files: {
      files: 3,
      missing: [],
      changed: [],
      offline: [],
      bytes: { rotten: [], unreadable: [], unknown: 0 },
    },
    cache: { orphans: 0 },
  })
  expect(report.files?.bytes?.read).toBeGreaterThan(1000)
  await stop()
  expect((await check()).ok).toBe(true)
})

test('rot is told apart from files that somebody changed, and from those that are gone', async () => {
  const { check, folder } = await household()
  const rotten = join(folder, 'a.jpg')
  const { size, mtime } = await stat(rotten)
  await writeFile(rotten, Buffer.alloc(size, 7))
  await utimes(rotten, mtime, mtime)
  await appendFile(join(folder, 'b.jpg'), 'more')
  await rm(join(folder, 'c.jpg'))
  const { ok, files } = await check()
  expect([ok, files?.bytes?.rotten, files?.changed, files?.missing]).toEqual([
    false,
    [rotten],
    [join(folder, 'b.jpg')],
    [join(folder, 'c.jpg')],
  ])
  await writeFile(join(folder, 'c.jpg'), 'another')
  const quick = await check(false)
  expect([quick.ok, quick.files?.bytes, quick.files?.changed]).toEqual([
    true,
    null,
    [join(folder, 'b.jpg'), join(folder, 'c.jpg')],
  ])
})

test('a folder that is not connected is named, its files are not', async () => {
  const { check, folder } = await household()
  await rm(folder, { recursive: true })
  const { files } = await check()
  expect([files?.offline, files?.missing, files?.files]).toEqual([[folder], [], 0])
})

test('wrong counts, dangling rows, missing triggers and pictures that nothing needs are found', async () => {
  const { check, change } = await household()
  await change('update month_counts set count = count + 1')
  expect(await check(false)).toMatchObject({ ok: false, database: { wrongCounts: 2 } })
  await change('update month_counts set count = count - 1; drop trigger mantel_photos_delete')
  expect(await check(false)).toMatchObject({
    ok: false,
    database: { wrongTriggers: ['mantel_photos_delete'] },
  })
  await change('pragma foreign_keys = off; delete from directories')
  expect((await check(false)).database.danglingRows).toBe(3)
  await change('delete from files')
  expect((await check(false)).cache?.orphans).toBeGreaterThan(0)
})

test('a damaged database is told as damaged', async () => {
  const { check, dataDir, stop } = await household()
  await stop()
  await writeFile(join(dataDir, 'mantel.sqlite'), Buffer.alloc(100_000, 3))
  const report = await check()
  expect([report.ok, report.database.damage.length, report.files]).toEqual([false, 1, null])
})
