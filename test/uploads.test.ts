import { readdir } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accounts } from '../electron/db/schema.ts'
import { makeWorld, type World } from './access-matrix/world.ts'
import { heldOnDisk, type Owner, outcome, ownerIn, send, senderIn } from './support/upload-household.ts'
import { jpegOf } from './support/uploads.ts'
import { visitorIn } from './support/visitor.ts'

let world: World
let owner: Owner
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  owner = await ownerIn(world)
})

describe('a file that is sent', () => {
  test('waits apart from all folders, for the link’s owner alone', async () => {
    const { id, token } = await owner.link()
    const visitor = await senderIn(world, token)
    const bytes = await jpegOf(33)
    expect(await send(world, visitor, id, { bytes, name: 'Torte.jpg', sender: 'Oma' })).toBe('held')
    expect(await owner.waiting()).toMatchObject([
      { fileName: 'Torte.jpg', senderName: 'Oma', account: null, share: id, sizeBytes: bytes.length },
    ])
    expect(await readdir(owner.folder)).toEqual(['first.jpg'])
    const [link_] = (await world.get(owner.caller, 'shares.list', {})).links
    expect(link_).toMatchObject({ waiting: 1, upload: { folderId: owner.folderId } })
    expect(await owner.waiting(world.callers.user)).toEqual([])
    // a visitor is told nothing of it
    expect(await visitor.outcome('uploads.list', {})).toBe('unauthenticated')
  })

  test('is kept once, however often it is sent', async () => {
    const { id, token } = await owner.link()
    const visitor = await senderIn(world, token)
    const bytes = await jpegOf(34)
    const before = (await heldOnDisk(world)).length
    expect(await send(world, visitor, id, { bytes })).toBe('held')
    expect(await send(world, visitor, id, { bytes, name: 'again.jpg' })).toBe('known')
    expect(await heldOnDisk(world)).toHaveLength(before + 1)
  })

  test.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'IMG_1.jpg'],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'x.svg'],
    ['a text that begins like a bitmap', Buffer.from(`BM${'words and '.repeat(40)}`), 'x.bmp'],
    ['a program', Buffer.from(`MZ${'\0'.repeat(300)}`), 'IMG_1.jpg.exe'],
    ['a PDF', Buffer.from(`%PDF-1.7 ${'x'.repeat(300)}`), 'IMG_1.pdf'],
  ])('is refused for what it holds, whatever it is called: %s', async (_, bytes, name) => {
    const { id, token } = await owner.link()
    const before = await heldOnDisk(world)
    expect(await send(world, await senderIn(world, token), id, { bytes, name })).toBe('invalid upload_kind')
    expect(await heldOnDisk(world)).toEqual(before)
  })

  test.each([
    ['..\\..\\evil.jpg', 'evil.jpg'],
    ['../../etc/passwd', 'passwd.jpg'],
    ['.hidden.jpg', 'hidden.jpg'],
    ['page.html', 'page.jpg'],
    ['con.jpg', '_con.jpg'],
    ['Käse\u202Egpj.jpeg', 'Käse_gpj.jpeg'],
    ['IMG_1.JPG', 'IMG_1.JPG'],
  ])('called %j becomes %j', async (name, expected) => {
    const { id, token } = await owner.link()
    expect(await send(world, await senderIn(world, token), id, { name })).toBe('held')
    const [{ id: upload = 0, fileName } = {}] = await owner.waiting()
    expect(fileName).toBe(expected)
    await world.get(owner.caller, 'uploads.accept', { ids: [upload] })
    expect((await readdir(owner.folder)).sort()).toEqual([expected, 'first.jpg'].sort())
  })

  test('that is not whole, or of another size than was said, is refused and leaves nothing', async () => {
    const { id, token } = await owner.link()
    const visitor = await senderIn(world, token)
    const before = await heldOnDisk(world)
    const caller = await visitor.caller()
    const bytes = await jpegOf(35)
    const begin = async (size: number) => {
      const begun = await world.call(caller, 'uploads.begin', { share: id, name: 'a.jpg', size })
      const key = begun.ok ? (begun.value as { id: string }).id : '' // as its schema says
      const incoming = world.services.uploads.incoming(key)
      if (!incoming) throw new Error('it was not begun')
      return { key, incoming }
    }
    const short = await begin(bytes.length + 1)
    await short.incoming.write(bytes)
    expect(await outcome(world, caller, 'uploads.finish', { id: short.key })).toBe(
      'invalid upload_incomplete',
    )
    await short.incoming.close()
    const long = await begin(bytes.length - 1)
    await expect(long.incoming.write(bytes)).rejects.toThrow()
    await long.incoming.close()
    expect(await outcome(world, caller, 'uploads.begin', { share: id, name: 'a.jpg', size: 0 })).toBe(
      'invalid',
    )
    expect(await outcome(world, caller, 'uploads.begin', { share: id, name: 'a.jpg', size: 2 ** 33 })).toBe(
      'too_large upload_too_large',
    )
    expect(await heldOnDisk(world)).toEqual(before)
  })
})

describe('sending needs', () => {
  const standing = (columns: object) =>
    world.services.db.write((tx) => tx.update(accounts).set(columns).where(eq(accounts.id, owner.id)))

  test('a link that takes files, and its right password', async () => {
    const plain = await owner.link({ uploadFolderId: null })
    expect(await send(world, await senderIn(world, plain.token), plain.id)).toBe('forbidden upload_not_here')
    const { id, token } = await owner.link({ password: 'swordfish' })
    const visitor = await senderIn(world, token, 'swordfish')
    expect(await send(world, visitor, id)).toBe('held')
    await world.get(owner.caller, 'shares.update', { id, options: { password: 'another' } })
    expect(await send(world, visitor, id)).toBe('forbidden link_password_needed')
    expect(await send(world, visitorIn(world), id)).toBe('unauthenticated')
  })

  test('a creator who may upload there at this moment', async () => {
    const { id, token } = await owner.link()
    const visitor = await senderIn(world, token)
    await owner.grant('read-only')
    expect(await send(world, visitor, id)).toBe('forbidden upload_not_here')
    await owner.grant('read-write')
    await standing({ role: 'viewer' })
    expect(await send(world, visitor, id)).toBe('not_found link_ended')
    await standing({ role: 'user', mayLogIn: false })
    expect(await send(world, visitor, id)).toBe('not_found link_ended')
    await standing({ mayLogIn: true })
    expect(await send(world, visitor, id)).toBe('held')
  })

  test('the feature', async () => {
    const { id, token } = await owner.link()
    const visitor = await senderIn(world, token)
    await world.get(world.callers.operator, 'flags.set', { flags: { upload: false } })
    try {
      expect(await send(world, visitor, id)).toBe('forbidden upload_not_here')
      expect((await world.get(await visitor.caller(), 'shares.get', { share: id })).may.upload).toBe(false)
    } finally {
      await world.get(world.callers.operator, 'flags.set', { flags: { upload: true } })
    }
    expect((await world.get(await visitor.caller(), 'shares.get', { share: id })).may.upload).toBe(true)
  })

  test('that the link is still open when the last byte is there', async () => {
    const { id, token } = await owner.link()
    const caller = await (await senderIn(world, token)).caller()
    const bytes = await jpegOf(36)
    const before = await heldOnDisk(world)
    const begun = await world.call(caller, 'uploads.begin', { share: id, name: 'a.jpg', size: bytes.length })
    const key = begun.ok ? (begun.value as { id: string }).id : '' // as its schema says
    const incoming = world.services.uploads.incoming(key)
    await incoming?.write(bytes)
    await world.get(owner.caller, 'shares.revoke', { id })
    expect(await outcome(world, caller, 'uploads.finish', { id: key })).toBe('not_found link_ended')
    await incoming?.close()
    expect(await heldOnDisk(world)).toEqual(before)
  })

  test('a folder of the creator’s own, held read-write', async () => {
    const options = (uploadFolderId: number) => ({ folderId: 0, options: { uploadFolderId } })
    const shared = (await world.get(world.callers.operator, 'folders.list', {})).folders
    const areaOf = (path: string) => shared.find((one) => one.path === path)?.id ?? 0
    for (const path of [world.folders.shared, world.folders.foreign])
      expect(
        await outcome(world, owner.caller, 'shares.createLink', {
          ...options(areaOf(path)),
          folderId: owner.directoryId,
        }),
      ).toBe('forbidden upload_folder')
  })
})
