import { chmod, mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from '../../../test/support/database.ts'
import { forkSpawner } from '../../workers/spawn.ts'
import { createWalkClient } from '../../workers/walk-client.ts'
import { checkFolder, type FolderIdentity } from './check-folder.ts'

const walk = createWalkClient({ spawner: forkSpawner, processes: 1 })
afterAll(() => walk.close())

async function makeHome() {
  const home = await realpath(await makeFolder())
  const dataDir = join(home, 'data')
  await mkdir(join(dataDir, 'cache'), { recursive: true })
  const folder = async (name: string) => {
    await mkdir(join(home, name), { recursive: true })
    return join(home, name)
  }
  const check = (path: string, known: FolderIdentity[] = []) =>
    checkFolder(path, { probe: walk.check, dataDir, known })
  const reason = async (path: string) => {
    const result = await check(path)
    return result.ok ? 'ok' : result.reason
  }
  return { home, dataDir, folder, check, reason }
}

test('a readable directory is fine and comes with its identity', async () => {
  const { folder, check } = await makeHome()
  const path = await folder('pictures')
  const result = await check(path)
  expect(result).toMatchObject({ ok: true, folder: { path } })
  expect(result.ok && result.folder.inode).toMatch(/^\d+$/)
})

test('every refusal has its reason', async () => {
  const { home, dataDir, reason } = await makeHome()
  await writeFile(join(home, 'file.txt'), '')
  expect(await reason('pictures')).toBe('folder_relative')
  expect(await reason(`${home}\0/x`)).toBe('folder_relative')
  expect(await reason(join(home, 'none'))).toBe('folder_missing')
  expect(await reason(join(home, 'file.txt'))).toBe('folder_not_directory')
  expect(await reason(parse(home).root)).toBe('folder_system')
  expect(await reason(dataDir)).toBe('folder_in_data_directory')
  expect(await reason(join(dataDir, 'cache'))).toBe('folder_in_data_directory')
})

test('the data directory is known by its identity, and by its path where that cannot be had', async () => {
  const { home, dataDir, folder } = await makeHome()
  await symlink(dataDir, join(home, 'data-link'))
  const inside = await folder('data/cache')
  const refused = { ok: false, reason: 'folder_in_data_directory' }
  expect(
    await checkFolder(inside, { probe: walk.check, dataDir: join(home, 'data-link'), known: [] }),
  ).toEqual(refused)
  const probe: typeof walk.check = async (path) =>
    path === dataDir ? { ok: false, problem: 'folder_timeout' } : walk.check(path)
  expect(await checkFolder(inside, { probe, dataDir, known: [] })).toEqual(refused)
})

test('a folder that may not be listed is refused', async ({ skip }) => {
  // root reads everything, whatever the permissions say
  skip(process.platform === 'win32' || process.getuid?.() === 0, 'permissions do not bind this user')
  const { folder, reason } = await makeHome()
  const path = await folder('locked')
  await chmod(path, 0)
  expect(await reason(path)).toBe('folder_unreadable')
  await chmod(path, 0o700)
})

test('a name that only starts like the data directory is another folder', async () => {
  const { folder, reason } = await makeHome()
  expect(await reason(await folder('data-pictures'))).toBe('ok')
})

test('a folder that holds the data directory is fine: the scan leaves that out', async () => {
  const { home, reason } = await makeHome()
  expect(await reason(home)).toBe('ok')
})

test('links are resolved before anything is compared', async () => {
  const { home, dataDir, folder, check, reason } = await makeHome()
  const path = await folder('pictures')
  await symlink(path, join(home, 'link'))
  await symlink(dataDir, join(home, 'sneaky'))
  await symlink(parse(home).root, join(home, 'everything'))
  expect(await check(join(home, 'link'))).toMatchObject({ folder: { path } })
  expect(await reason(join(home, 'sneaky', 'cache'))).toBe('folder_in_data_directory')
  expect(await reason(join(home, 'everything'))).toBe('folder_system')
})

test('another name of a known folder gives that folder, and what lies below it its path there', async () => {
  const { folder, check } = await makeHome()
  const path = await folder('pictures')
  await folder('pictures/ann')
  const real = await check(path)
  if (!real.ok) throw new Error(real.reason)
  // as a second mount would look: the same numbers at two paths
  const known = [real.folder]
  const mounted = { ...real.folder, path: '/mnt/pictures' }
  const probe: typeof walk.check = async (asked) => {
    const found = await walk.check(asked.replace('/mnt/pictures', path))
    return found.ok && asked.startsWith('/mnt/pictures') ? { ...found, realPath: asked } : found
  }
  const viaMount = (asked: string) => checkFolder(asked, { probe, dataDir: '/nowhere', known })
  expect(await viaMount(mounted.path)).toMatchObject({ folder: { path } })
  expect(await viaMount(`${mounted.path}/ann`)).toMatchObject({ folder: { path: join(path, 'ann') } })
})
