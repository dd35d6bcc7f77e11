import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { callerOf, openTestHousehold } from '../../../test/support/household.ts'
import { mountSmallDisk, noMounts } from '../../../test/support/small-disk.ts'
import { operatorCaller } from '../../core.ts'
import { Connection } from '../../db/connection.ts'

const operator = callerOf(operatorCaller.principal)

async function household() {
  const home = await openTestHousehold()
  onTestFinished(() => home.close())
  const backUp = async () => {
    await home.get(operator, 'backup.create', {})
    await home.idle()
    const { backups, last } = await home.get(operator, 'backup.list', {})
    return { names: backups.map(({ name }) => name), backups, last }
  }
  const set = (settings: object) => home.call(operator, 'settings.setBackup', settings)
  const disk = join(home.directory, 'disk')
  return { ...home, dataDir: join(home.directory, 'data'), disk, backUp, set }
}

test('so many are kept, the newest by their number, whatever their clock said', async () => {
  const { backUp, set, dataDir } = await household()
  await set({ keep: 2 })
  // made by a clock that was years ahead
  const copied = join(dataDir, 'backups')
  await backUp()
  const [first = ''] = (await readdir(copied)).filter((name) => name.endsWith('.sqlite'))
  const ahead = first.replace(/-20\d\d/, '-2090')
  await rename(join(copied, first), join(copied, ahead))
  const { names: two } = await backUp()
  expect(two).toHaveLength(2)
  const { names } = await backUp()
  expect(names.map((name) => name.slice(0, 14))).toEqual(['by-hand-000003', 'by-hand-000002'])
}, 60_000)

test('the key goes along where that was chosen, and what a restore would do with it is told', async () => {
  const { backUp, set, services, dataDir, get } = await household()
  services.secrets.seal('a seed', 'test')
  expect((await backUp()).backups[0]?.withKey).toBe(false)
  await set({ withKey: true })
  const { backups } = await backUp()
  expect(backups[0]?.withKey).toBe(true)
  const name = backups[0]?.name ?? ''
  expect((await get(operator, 'backup.preview', { name })).key).toBe('same')
  await writeFile(join(dataDir, 'secret.key'), 'another')
  expect((await get(operator, 'backup.preview', { name })).key).toBe('other')
}, 60_000)

test('a folder is refused that is not there, in the library, or in the data directory', async () => {
  const { set, folder, dataDir, directory, get } = await household()
  const library = await folder('family')
  await get(operator, 'folders.add', { path: library })
  await mkdir(join(library, 'below'))
  const refused = async (path: string) => {
    const result = await set({ folder: path })
    return result.ok ? 'ok' : result.error.fields?.folder
  }
  expect(await refused('backups')).toBe('folder_relative')
  expect(await refused(join(directory, 'nowhere'))).toBe('folder_missing')
  expect(await refused(join(dataDir, 'cache'))).toMatch(/folder_missing|folder_in_data_directory/)
  expect(await refused(dataDir)).toBe('folder_in_data_directory')
  expect(await refused(join(library, 'below'))).toBe('backup_folder_in_library')
}, 60_000)

test('a copy that is damaged or of a newer version is told so in the list, and not restored', async () => {
  const { backUp, dataDir, get, call } = await household()
  await backUp()
  const { backups } = await backUp()
  const [one, two] = backups.map(({ name }) => name)
  await writeFile(join(dataDir, 'backups', `${one}.sqlite`), Buffer.alloc(50_000, 3))
  const connection = await Connection.open(join(dataDir, 'backups', `${two}.sqlite`), { mode: 'write' })
  await connection.exec("insert into __migrations (tag, hash, applied_at) values ('9999_later', '', 0)")
  await connection.close()
  const listed = (await get(operator, 'backup.list', {})).backups
  expect(listed.map(({ problem }) => problem)).toEqual(['backup_damaged', 'backup_newer'])
  for (const [name, reason] of [
    [one, 'backup_damaged'],
    [two, 'backup_newer'],
  ])
    expect(await call(operator, 'backup.restore', { name })).toMatchObject({
      error: { code: 'conflict', reason },
    })
  expect(await readdir(dataDir)).not.toContain('restoring')
}, 60_000)

describe.skipIf(noMounts)(`on a disk of its own (${noMounts ?? 'mounted'})`, () => {
  test('a full disk, a read-only one and one that is away fail with their reason; what is there stays', async () => {
    const { backUp, set, disk: path } = await household()
    const disk = mountSmallDisk(path, 4096)
    const folder = join(path, 'mantel')
    await mkdir(folder)
    expect(await set({ folder, keep: 1 })).toMatchObject({ ok: true })
    const { names } = await backUp()
    expect(names).toHaveLength(1)
    disk.fill(64)
    const full = await backUp()
    expect(full.last).toMatchObject({ state: 'failed', error: 'backup_folder_full' })
    expect(full.names).toEqual(names)
    disk.free()
    disk.setReadOnly(true)
    const readOnly = await backUp()
    expect(readOnly.last).toMatchObject({ state: 'failed', error: 'backup_folder_unwritable' })
    expect(readOnly.names).toEqual(names)
    disk.setReadOnly(false)
    expect((await backUp()).last).toMatchObject({ state: 'done' })
    await rm(join(folder, '.mantel-backups'))
    expect((await backUp()).last).toMatchObject({ state: 'failed', error: 'backup_folder_missing' })
  }, 120_000)
})
