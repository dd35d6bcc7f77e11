import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import { areas, heldUploads } from '../electron/db/schema.ts'
import { UPLOAD_LIMITS, type UploadLimits } from '../electron/domain/uploads/limits.ts'
import { placeFile } from '../electron/workers/place.ts'
import { callerOf, openTestHousehold } from './support/household.ts'
import { jpegOf, sendThrough, trySend } from './support/uploads.ts'

/** A household with Ada in it, and a link of hers that takes files. */
async function household(limits: Partial<UploadLimits> = {}) {
  const home = await openTestHousehold({ uploadLimits: { ...UPLOAD_LIMITS, freeBytes: 0, ...limits } })
  const folder = await home.folder('Inbox')
  const { id } = await home.get(callerOf(OPERATOR), 'accounts.create', {
    ...{ username: 'ada', password: 'a quiet mantelpiece', role: 'admin', superAdmin: true },
    folders: [{ path: folder, access: 'read-write' }],
  })
  await home.idle()
  const ada = await home.as(id)
  const { folders } = await home.get(ada, 'uploads.folders', {})
  const { id: albumId } = await home.get(ada, 'albums.create', { title: 'Party' })
  const options = { uploadFolderId: folders[0]?.id ?? 0 }
  const link = await home.get(ada, 'shares.createLink', { albumId, options })
  return { home, folder, adaId: id, ada, share: link.id }
}

const uploadsOf = (directory: string) => join(directory, 'data', 'uploads')

test('a link holds so many files and bytes, and no more', async () => {
  const { home, ada, share } = await household({ linkFiles: 2, linkBytes: 3000 })
  onTestFinished(() => home.close())
  const large = Buffer.concat([await jpegOf(1), Buffer.alloc(3000)])
  expect(await trySend(home, ada, share, { bytes: large })).toBe('unavailable upload_link_full')
  expect(await trySend(home, ada, share, { bytes: await jpegOf(20) })).toBe('held')
  expect(await trySend(home, ada, share, { bytes: await jpegOf(90) })).toBe('held')
  expect(await trySend(home, ada, share, { bytes: await jpegOf(200) })).toBe('unavailable upload_link_full')
})

test('nothing is taken that would fill the disk', async () => {
  const { home, ada, share } = await household({ freeBytes: Number.MAX_SAFE_INTEGER })
  onTestFinished(() => home.close())
  expect(await trySend(home, ada, share)).toBe('unavailable upload_no_room')
  expect(await readdir(uploadsOf(home.directory))).toEqual([])
})

test('so many come at a time, also where they begin at the same moment', async () => {
  const { home, ada, share } = await household({ linkAtOnce: 3 })
  onTestFinished(() => home.close())
  const begin = () => home.call(ada, 'uploads.begin', { share, name: 'a.jpg', size: 10 })
  const begun = await Promise.all(Array.from({ length: 8 }, begin))
  expect(begun.filter(({ ok }) => ok)).toHaveLength(3)
  await home.services.uploads.close()
  expect((await begin()).ok).toBe(true)
})

test('what is held is there after a restart; what had not come whole is not', async () => {
  const { home, adaId, ada, share } = await household()
  const upload = await sendThrough(home, ada, share, { bytes: await jpegOf(50) })
  await home.stop()
  const place = uploadsOf(home.directory)
  await writeFile(join(place, 'half.partial'), 'half')
  await writeFile(join(place, 'nobodys.jpg'), await jpegOf(60))
  const again = await openTestHousehold({ directory: home.directory })
  onTestFinished(() => again.close())
  const { uploads } = await again.get(await again.as(adaId), 'uploads.list', {})
  expect(uploads.map(({ id }) => id)).toEqual([upload])
  const names = await readdir(place)
  expect(names).toHaveLength(2)
  expect(names).toContain('unclaimed')
  // what the database knows nothing of is put aside, and kept for a while
  expect(await readdir(join(place, 'unclaimed'))).toEqual(['nobodys.jpg'])
  await again.services.uploads.forget()
  expect(await readdir(join(place, 'unclaimed'))).toEqual(['nobodys.jpg'])
})

test('a row whose file is gone is forgotten at the next start', async () => {
  const { home, adaId, ada, share } = await household()
  await sendThrough(home, ada, share, { bytes: await jpegOf(51) })
  await home.stop()
  await rm(uploadsOf(home.directory), { recursive: true })
  const again = await openTestHousehold({ directory: home.directory })
  onTestFinished(() => again.close())
  expect((await again.get(await again.as(adaId), 'uploads.list', {})).uploads).toEqual([])
})

test('killed when the copy was in its folder and still held, it is taken once more and is there once', async () => {
  const { home, folder, adaId, ada, share } = await household()
  const bytes = await jpegOf(52)
  const upload = await sendThrough(home, ada, share, { bytes, name: 'Torte.jpg' })
  const [row] = await home.services.db.read.select().from(heldUploads)
  const [area] = await home.services.db.read.select().from(areas)
  if (!row || !area) throw new Error('there is no such file or folder')
  const { fileKey, sizeBytes, contentHash, fileName: name } = row
  const path = join(uploadsOf(home.directory), fileKey)
  await placeFile({ kind: 'place', path, sizeBytes, contentHash, folder: area, name })
  await home.stop()
  expect((await stat(path)).size).toBe(bytes.length)
  const again = await openTestHousehold({ directory: home.directory })
  onTestFinished(() => again.close())
  const accepted = await again.get(await again.as(adaId), 'uploads.accept', { ids: [upload] })
  expect(accepted.accepted).toEqual([{ id: upload, fileName: 'Torte.jpg' }])
  expect(await readdir(folder)).toEqual(['Torte.jpg'])
  expect(await readFile(join(folder, 'Torte.jpg'))).toEqual(bytes)
  expect(await readdir(uploadsOf(home.directory))).toEqual([])
})
