import { appendFile, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Caller } from '../electron/api/caller.ts'
import type { StorageUsage } from '../electron/contract/storage.ts'
import { openAccountsHousehold, operator } from './support/accounts.ts'
import { makePicture } from './support/pictures.ts'

/** What a walk through a directory finds of files, as `du` would, in bytes. */
async function bytesBelow(path: string, keep: (name: string) => boolean = () => true): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && keep(entry.name)) bytes += (await lstat(join(entry.parentPath, entry.name))).size
  }
  return bytes
}

async function open() {
  const home = await openAccountsHousehold()
  onTestFinished(() => home.close())
  const olga = await home.addSuper('olga')
  const usage = async (caller: Caller = operator): Promise<StorageUsage> =>
    home.get(caller, 'storage.usage', {})
  /** Asks until it answers what is expected: what was counted is kept for a moment. */
  const settled = (check: (usage: StorageUsage) => void) =>
    vi.waitFor(async () => check(await usage()), { timeout: 20_000, interval: 200 })
  return { ...home, olga, usage, settled }
}

test('counts photos, files and bytes by folder and by account, as the disk has them', async () => {
  const { add, folder, settled, idle, scanAll, directory } = await open()
  const family = await folder('Family')
  const own = await folder('Ada')
  await makePicture(join(family, 'a.jpg'), { width: 800, height: 600 })
  await makePicture(join(family, 'b.jpg'), { width: 300, height: 200 })
  await mkdir(join(own, '2024'))
  await makePicture(join(own, '2024', 'c.jpg'), { width: 900, height: 700 })
  await writeFile(join(own, 'broken.jpg'), 'no picture at all')
  await writeFile(join(own, 'notes.txt'), 'not indexed, so not counted')
  const readWrite = (path: string) => ({ path, access: 'read-write' as const })
  const ada = await add('ada', { folders: [readWrite(family), readWrite(own)] })
  const ben = await add('ben', { folders: [readWrite(family)] })
  const kim = await add('kim')
  await idle()

  const isPicture = (name: string) => name.endsWith('.jpg')
  const familyBytes = await bytesBelow(family, isPicture)
  const ownBytes = await bytesBelow(own, isPicture)
  const cache = join(directory, 'data', 'cache')
  await settled(({ countedAt, folders, accounts, own: mantels, disks }) => {
    expect(countedAt).not.toBeNull()
    expect(folders).toMatchObject([
      { path: own, online: true, counts: { photos: 2, files: 2, bytes: ownBytes, failed: 1, pictured: 1 } },
      {
        path: family,
        online: true,
        counts: { photos: 2, videos: 0, files: 2, bytes: familyBytes, missing: 0 },
      },
    ])
    expect(accounts).toMatchObject([
      {
        id: ada,
        counts: {
          photos: 4,
          bytes: familyBytes + ownBytes,
          onlyPhotos: 2,
          onlyBytes: ownBytes,
        },
      },
      { id: ben, counts: { photos: 2, bytes: familyBytes, onlyPhotos: 0, onlyBytes: 0 } },
      { id: kim, counts: { photos: 0, bytes: 0, onlyPhotos: 0, onlyBytes: 0 } },
      { username: 'olga', counts: { photos: 0 } },
    ])
    expect(mantels?.thumbnails).toBeGreaterThan(0)
    const ids = folders.map(({ id }) => id).sort()
    expect(disks).toHaveLength(1)
    expect(disks?.[0]?.folderIds.toSorted()).toEqual(ids)
    expect(disks?.[0]?.holdsData).toBe(true)
    expect(disks?.[0]?.freeBytes).toBeLessThan(disks?.[0]?.totalBytes ?? 0)
  })
  const made = await bytesBelow(cache)
  const database = await bytesBelow(join(directory, 'data'), (name) => name.startsWith('mantel.sqlite'))
  await settled(({ own: mantels }) => {
    expect((mantels?.thumbnails ?? 0) + (mantels?.previews ?? 0)).toBe(made)
    expect(mantels?.database).toBe(database)
  })

  // what changes is counted anew: a file that grows, one that goes, a folder whose drive is away
  await appendFile(join(family, 'b.jpg'), Buffer.alloc(1000))
  await rm(join(own, '2024', 'c.jpg'))
  await scanAll(operator)
  await settled(({ folders }) =>
    expect(folders).toMatchObject([
      { counts: { photos: 1, missing: 1, files: 1, bytes: 17 } },
      { counts: { photos: 2, bytes: familyBytes + 1000 } },
    ]),
  )
  await rename(family, `${family}-away`)
  await scanAll(operator)
  await settled(({ folders, disks }) => {
    expect(folders[1]).toMatchObject({ online: false, offlineReason: 'root_missing', counts: { photos: 2 } })
    expect(disks?.[0]?.folderIds).toEqual([folders[0]?.id])
  })
})

test('a folder inside another counts for itself, and what nobody is given any more for nobody', async () => {
  const { add, folder, settled, idle, get, olga } = await open()
  const outer = await folder('Photos')
  const inner = await folder(join('Photos', 'Trips'))
  await makePicture(join(outer, 'a.jpg'))
  await makePicture(join(inner, 'b.jpg'))
  const ada = await add('ada', { folders: [{ path: outer, access: 'read-write' }] })
  const ben = await add('ben', { folders: [{ path: inner, access: 'read-only' }] })
  await idle()
  await settled(({ folders, accounts }) => {
    expect(folders.map(({ path, counts }) => [path, counts?.photos])).toEqual([
      [outer, 1],
      [inner, 1],
    ])
    expect(accounts.map(({ id, counts }) => [id, counts?.photos, counts?.onlyPhotos])).toEqual([
      [ada, 2, 1],
      [ben, 1, 0],
      [olga, 0, 0],
    ])
  })
  await get(operator, 'accounts.update', { id: ada, folders: [] })
  await settled(({ folders, accounts }) => {
    expect(folders.map(({ path }) => path)).toEqual([inner])
    expect(accounts.map(({ counts }) => counts?.photos)).toEqual([0, 1, 0])
  })
})
