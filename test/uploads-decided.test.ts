import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { audit, heldUploads } from '../electron/db/schema.ts'
import { makeWorld, type World } from './access-matrix/world.ts'
import { heldOnDisk, type Owner, outcome, ownerIn } from './support/upload-household.ts'
import { jpegOf, sendThrough } from './support/uploads.ts'

let world: World
let owner: Owner
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  owner = await ownerIn(world)
})

describe('the owner', () => {
  test('takes files: they lie in the folder, are scanned, and the log says by whom', async () => {
    const { id } = await owner.link()
    const bytes = await jpegOf(40)
    const modified = Date.UTC(2019, 4, 3)
    const upload = await sendThrough(world, owner.caller, id, { bytes, name: 'Lisbon.jpg', modified })
    expect(await world.get(owner.caller, 'uploads.accept', { ids: [upload] })).toEqual({
      accepted: [{ id: upload, fileName: 'Lisbon.jpg' }],
      failed: [],
    })
    expect(await readFile(join(owner.folder, 'Lisbon.jpg'))).toEqual(bytes)
    expect(await owner.waiting()).toEqual([])
    await world.idle()
    const { months } = await world.get(owner.caller, 'timeline.months', {})
    // without a date of its own, the file's
    expect(months.map(({ month }) => month)).toContain('2019-05')
    const rows = await world.services.db.read.select().from(audit).where(eq(audit.actorId, owner.id))
    expect(rows.map(({ action }) => action)).toContain('upload.accepted')
  })

  test('never over a file that is there', async () => {
    const { id } = await owner.link()
    const upload = await sendThrough(world, owner.caller, id, { bytes: await jpegOf(41), name: 'first.jpg' })
    const before = await readFile(join(owner.folder, 'first.jpg'))
    const { accepted } = await world.get(owner.caller, 'uploads.accept', { ids: [upload] })
    expect(accepted).toEqual([{ id: upload, fileName: 'first (2).jpg' }])
    expect(await readFile(join(owner.folder, 'first.jpg'))).toEqual(before)
  })

  test('turns files down, and brings them back for a week', async () => {
    const { id } = await owner.link()
    const upload = await sendThrough(world, owner.caller, id, { bytes: await jpegOf(42) })
    await world.get(owner.caller, 'uploads.decline', { ids: [upload] })
    expect(await owner.waiting()).toEqual([])
    expect((await world.get(owner.caller, 'uploads.accept', { ids: [upload] })).failed).toEqual([
      { id: upload, reason: 'upload_gone' },
    ])
    const told = await world.get(owner.caller, 'uploads.list', { declined: true })
    expect(told).toMatchObject({ declined: 1, waiting: 0, uploads: [{ id: upload }] })
    await world.get(owner.caller, 'uploads.restore', { ids: [upload] })
    expect(await owner.waiting()).toHaveLength(1)
    await world.get(owner.caller, 'uploads.decline', { ids: [upload] })
    const week = 7 * 24 * 60 * 60_000
    const ago = (time: number) =>
      world.services.db.write((tx) =>
        tx
          .update(heldUploads)
          .set({ declinedAt: Date.now() - time })
          .where(eq(heldUploads.id, upload)),
      )
    await ago(week - 60_000)
    await world.services.uploads.forget()
    const before = await heldOnDisk(world)
    await ago(week + 1)
    await world.services.uploads.forget()
    expect((await world.get(owner.caller, 'uploads.list', { declined: true })).uploads).toEqual([])
    expect(await heldOnDisk(world)).toHaveLength(before.length - 1)
  })

  test('still decides when the link has ended, and may choose another folder', async () => {
    const { id } = await owner.link()
    const upload = await sendThrough(world, owner.caller, id, { bytes: await jpegOf(43) })
    await world.get(owner.caller, 'shares.update', { id, options: { uploadFolderId: null } })
    await world.get(owner.caller, 'shares.revoke', { id })
    const { uploads, links } = await world.get(owner.caller, 'uploads.list', {})
    expect(uploads).toHaveLength(1)
    expect(links).toMatchObject([{ id, folderId: null, isEnded: true }])
    expect(await outcome(world, owner.caller, 'uploads.accept', { ids: [upload] })).toBe(
      'forbidden upload_folder',
    )
    const { accepted } = await world.get(owner.caller, 'uploads.accept', {
      ids: [upload],
      folderId: owner.folderId,
    })
    expect(accepted).toHaveLength(1)
  })

  test('cannot put them where they may not upload any more', async () => {
    const { id } = await owner.link()
    const upload = await sendThrough(world, owner.caller, id, { bytes: await jpegOf(44) })
    await owner.grant('read-only')
    expect(await outcome(world, owner.caller, 'uploads.accept', { ids: [upload] })).toBe(
      'forbidden upload_folder',
    )
    expect(await owner.waiting()).toHaveLength(1)
  })

  test('is told why a file stays held: its folder is gone', async () => {
    const { id } = await owner.link()
    const upload = await sendThrough(world, owner.caller, id, { bytes: await jpegOf(45) })
    await rm(owner.folder, { recursive: true })
    const { failed } = await world.get(owner.caller, 'uploads.accept', { ids: [upload] })
    expect(failed).toEqual([{ id: upload, reason: 'root_missing' }])
    expect(await owner.waiting()).toHaveLength(1)
  })
})

test('an admin decides too about what is meant for a folder that they hold', async () => {
  const { id } = await owner.link()
  const upload = await sendThrough(world, owner.caller, id, { bytes: await jpegOf(46) })
  const helper = await world.disposable({
    role: 'admin',
    folders: [{ path: owner.folder, access: 'read-write' }],
  })
  expect((await owner.waiting(await world.as(helper))).map((one) => one.id)).toEqual([upload])
  // the admins of this household do not hold it
  expect((await owner.waiting(world.callers.admin)).map((one) => one.id)).not.toContain(upload)
})

test('pictures of what waits are made for whoever decides', async () => {
  const { id } = await owner.link()
  const upload = await sendThrough(world, owner.caller, id, { bytes: await jpegOf(47) })
  for (const kind of ['thumb', 'preview'])
    expect(await outcome(world, owner.caller, 'uploads.open', { upload, kind })).toBe('ok')
  expect(await outcome(world, world.callers.user, 'uploads.open', { upload, kind: 'thumb' })).toBe(
    'not_found',
  )
})
