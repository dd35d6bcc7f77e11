import { copyFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { OPERATOR } from '../../electron/access/principal.ts'
import type { Caller } from '../../electron/api/caller.ts'
import { accounts, files, photos, shareContributions, shareGuests } from '../../electron/db/schema.ts'
import { startSession } from '../../electron/domain/accounts/sessions.ts'
import { anonymousCaller, callerOf, openTestHousehold } from '../support/household.ts'
import { sendThrough } from '../support/uploads.ts'
import { visitorIn } from '../support/visitor.ts'

/** The columns of the matrix: every kind of principal there is. */
export const WHO = [
  'anonymous',
  'visitor',
  'guest',
  'viewer',
  'user',
  'admin',
  'super',
  'disabled',
  'unknownRole',
  'unknownRoleWithFlag',
  'mustChange',
  'locked',
  'viewing',
  'operator',
] as const
export type Who = (typeof WHO)[number]

/**
 * Photos by what they are to the members. All but `foreign` lie in folders granted to each of them, `shared` in a read-only one, `offline` in
 * one whose drive is away; the file of `missing` is gone.
 */
export const PHOTOS = [
  'own',
  'shared',
  'foreign',
  'private',
  'archived',
  'trashed',
  'offline',
  'missing',
] as const
export type PhotoName = (typeof PHOTOS)[number]

export const PASSWORD = 'a quiet mantelpiece'

const MEMBERS = {
  guest: { role: 'guest' },
  viewer: { role: 'viewer' },
  user: { role: 'user' },
  admin: { role: 'admin' },
  super: { role: 'admin', superAdmin: true },
  disabled: { role: 'user' },
  unknownRole: { role: 'user' },
  unknownRoleWithFlag: { role: 'admin', superAdmin: true },
  mustChange: { role: 'admin', superAdmin: true, mustChangePassword: true },
  locked: { role: 'admin', superAdmin: true },
  viewing: { role: 'admin', superAdmin: true },
} as const

type Member = keyof typeof MEMBERS

/** A household with one account of every kind, three folders that all members have and one that nobody of them has. */
export async function makeWorld() {
  const household = await openTestHousehold()
  const { services, get } = household
  const { db } = services
  const operator = callerOf(OPERATOR, { address: 'command line' })

  const folders = {
    own: await household.folder('Own'),
    shared: await household.folder('Family'),
    foreign: await household.folder('Olga'),
    drive: await household.folder('Drive'),
  }
  const places: Record<PhotoName, string> = {
    own: folders.own,
    shared: folders.shared,
    foreign: folders.foreign,
    private: folders.own,
    archived: folders.own,
    trashed: folders.own,
    offline: folders.drive,
    missing: folders.own,
  }
  let hue = 0
  for (const name of PHOTOS) {
    hue += 30
    const background = { r: hue, g: 120, b: 250 - hue }
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background } })
    await writeFile(join(places[name], `${name}.jpg`), await picture.jpeg().toBuffer())
  }

  const add = (username: string, role: string, options: object = {}) =>
    get(operator, 'accounts.create', {
      username,
      password: PASSWORD,
      role: role as 'user', // the roles above are of the closed set
      ...options,
    })
  await add('first', 'admin', { superAdmin: true })
  await get(operator, 'flags.set', { flags: { webdav: true } })
  const granted = [
    { path: folders.own, access: 'read-write' },
    { path: folders.shared, access: 'read-only' },
    { path: folders.drive, access: 'read-write' },
  ]
  const ids: Partial<Record<Member, number>> = {}
  for (const [name, { role, ...flags }] of Object.entries(MEMBERS))
    ids[name as Member] = (
      await add(`a.${name.toLowerCase()}`, role, { webdav: true, ...flags, folders: granted })
    ).id
  const idOf = (who: Who) => ids[who as Member] ?? 0
  const olga = await add('olga', 'user', { folders: [{ path: folders.foreign, access: 'read-write' }] })
  await household.idle()

  const rows = await db.read
    .select({ id: photos.id, name: files.name })
    .from(files)
    .innerJoin(photos, eq(photos.id, files.photoId))
  const photo = Object.fromEntries(rows.map(({ id, name }) => [name.replace('.jpg', ''), id])) as Record<
    PhotoName,
    number
  >

  // the drive is pulled out and a file deleted, and scans have noticed
  await rename(folders.drive, join(household.directory, 'pulled out'))
  await rm(join(folders.own, 'missing.jpg'))
  await household.scanAll(operator)

  const callers = { anonymous: anonymousCaller, operator } as Record<Who, Caller>
  await db.write(async (tx) => {
    await tx.update(photos).set({ private: true }).where(eq(photos.id, photo.private))
    await tx.update(photos).set({ archived: true }).where(eq(photos.id, photo.archived))
    await tx.update(photos).set({ trashedAt: 1 }).where(eq(photos.id, photo.trashed))
    // a role that only a newer version knows, and a login that was switched off
    await tx
      .update(accounts)
      .set({ role: 'butler' })
      .where(eq(accounts.id, idOf('unknownRole')))
    await tx
      .update(accounts)
      .set({ role: 'butler' })
      .where(eq(accounts.id, idOf('unknownRoleWithFlag')))
    await tx
      .update(accounts)
      .set({ mayLogIn: false })
      .where(eq(accounts.id, idOf('disabled')))
  })
  /** Gives each account among the columns a session of its own again: rows end some of them. */
  const logInAgain = async () => {
    const known = WHO.filter((who) => idOf(who) > 0)
    const each = await household.asEach(known.map(idOf))
    for (const [index, who] of known.entries()) callers[who] = each[index] ?? anonymousCaller
    callers.locked = await household.asLocked(idOf('locked'))
    callers.viewing = await household.asViewing(idOf('viewing'), idOf('user'))
  }
  await logInAgain()

  // a link of somebody whom the members know nothing of, that all of them have opened, and a visitor
  const linkTo = async (caller: Caller, input: object) => {
    const { id, url } = await get(caller, 'shares.createLink', {
      ...input,
      options: { download: 'original', ...('options' in input && (input.options as object)) },
    })
    return { id, token: url.split('/s/')[1] ?? '' }
  }
  const opened = await linkTo(await household.as(olga.id), { photoIds: [photo.foreign] })
  await db.write(async (tx) => {
    const guests = Object.values(ids).map((accountId) => ({ shareId: opened.id, accountId, openedAt: 1 }))
    await tx.insert(shareGuests).values(guests)
  })
  // one of the same through which files may be sent, and one that came
  const areasOf = (await get(operator, 'folders.list', {})).folders
  const foreignId = areasOf.find(({ path }) => path === folders.foreign)?.id ?? 0
  const uploading = await linkTo(await household.as(olga.id), {
    photoIds: [photo.foreign],
    options: { uploadFolderId: foreignId },
  })
  await db.write(async (tx) => {
    const guests = Object.values(ids).map((accountId) => ({ shareId: uploading.id, accountId, openedAt: 1 }))
    await tx.insert(shareGuests).values(guests)
  })
  const heldUpload = await sendThrough(household, await household.as(olga.id), uploading.id)
  const visitor = visitorIn(household)
  await visitor.open(opened.token)
  await visitor.open(uploading.token)
  callers.visitor = await visitor.caller()

  const members = Object.values(ids).filter((id) => id !== ids.disabled && id !== ids.unknownRole)
  const contributing = async () => {
    const caller = await household.as(olga.id)
    const album = await get(caller, 'albums.create', { title: 'Ours' })
    const input = { albumId: album.id, accountIds: members, part: 'contributor' as const, options: {} }
    return get(caller, 'shares.shareWith', input)
  }
  let made = 0
  const areas = await get(operator, 'folders.list', {})
  const areaId = (path: string) => areas.folders.find((folder) => folder.path === path)?.id ?? 0
  return {
    ...household,
    folders,
    photo,
    callers,
    logInAgain,
    idOf,
    olgaId: olga.id,
    /** to the foreign photo; the members are guests of it */
    opened,
    /** to the same, with leave to send files; the members are guests of it */
    uploading,
    /** a file that was sent through that one */
    heldUpload,
    /** A link of Olga's to the same that nobody has opened. */
    unopened: async () => linkTo(await household.as(olga.id), { photoIds: [photo.foreign] }),
    /** What Olga shares with every member by name: the same photo. */
    direct: async () => {
      const input = {
        photoIds: [photo.foreign],
        accountIds: members,
        options: { download: 'original' as const },
      }
      return get(await household.as(olga.id), 'shares.shareWith', input)
    },
    /** An album that Olga shares with every member by name, to which each may add photos. */
    contributing,
    /** The same, to which the one named added a photo; `withdrawn`: and took it out again. The photo is their own where they may share it. */
    contributed: async (accountId: number, withdrawn = false) => {
      const { id } = await contributing()
      const withdrawnBy = withdrawn ? accountId : null
      const row = { shareId: id, photoId: photo.own, accountId, addedAt: 1, withdrawnBy }
      await db.write((tx) => tx.insert(shareContributions).values(row))
      return id
    },
    areas: { own: areaId(folders.own), foreign: areaId(folders.foreign) },
    /** An account to be changed or deleted by one cell alone. */
    async disposable(options: object = {}): Promise<number> {
      made += 1
      return (await add(`disposable${made}`, 'user', options)).id
    },
    /** A session of that account, to be revoked by one cell alone. */
    async sessionOf(accountId: number): Promise<number> {
      const session = { accountId, device: 'test', address: '127.0.0.1', now: Date.now() }
      await db.write((tx) => startSession(tx, session))
      const { sessions } = await get(await household.as(accountId), 'sessions.list', {})
      return Math.min(...sessions.map(({ id }) => id))
    },
    async freshFolder(): Promise<string> {
      made += 1
      const path = await household.folder(`Fresh ${made}`)
      await copyFile(join(folders.own, 'own.jpg'), join(path, 'copy.jpg'))
      return path
    },
  }
}

export type World = Awaited<ReturnType<typeof makeWorld>>
