import { accessSync, constants, mkdtempSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { OPERATOR, type Principal } from '../../../electron/access/principal.ts'
import type { Caller } from '../../../electron/api/caller.ts'
import type { Result } from '../../../electron/contract/errors.ts'
import { sealSeed } from '../../../electron/domain/accounts/seeds.ts'
import { principalOf } from '../../../electron/domain/accounts/sessions.ts'
import { anonymousCaller, callerOf, openTestHousehold, type TestHousehold } from '../../support/household.ts'
import { makePicture } from '../../support/pictures.ts'
import { codeOf } from '../../support/totp.ts'
import { type Act, GOOD_PASSWORDS, type Outcome } from './acts.ts'
import { furnish } from './at-first.ts'
import { CAST, type Furnishing, nothingFurnished, PHOTOS, PLACES, SUPER_ADMINS } from './cast.ts'
import { MONTH } from './looks.ts'
import { type Actor, FOLDER_NAMES, type FolderName, type Photo, type State } from './state.ts'

const [PASSWORD = ''] = GOOD_PASSWORDS
const operator = callerOf(OPERATOR)

/** Tables that a sequence changes, with those that follow from them; what they hold at first is kept beside. */
const KEPT = [
  'accounts',
  'grants',
  'area_access',
  'sessions',
  'known_devices',
  'recovery_codes',
  'app_passwords',
  'settings',
  'photos',
]
/** Whose jobs are waited for, as they change what the next step looks at. */
const WORKING = ['accounts.remove', 'backup.create']

/** A real household, always set back to the same beginning, and how to act in it. */
export class World {
  readonly household: TestHousehold
  readonly #time: { now: number }
  readonly #pictures: string
  readonly #photos: Photo[] = []
  readonly #areas = new Map<FolderName, number>()
  readonly #tokens = new Map<number, { id: number; token: string }>()
  readonly #ids = new Map<number, number>()
  readonly #furnishings = new Map<number, Furnishing>()
  /** a device from which all of the cast logged in */
  #device: string | null = null
  #acts = 0

  private constructor(household: TestHousehold, time: { now: number }, pictures: string) {
    this.household = household
    this.#time = time
    this.#pictures = pictures
  }

  static async make(): Promise<World> {
    const time = { now: Date.UTC(2026, 0, 1) }
    const directory = mkdtempSync(join(quickDirectory(), 'mantel-rights-'))
    const household = await openTestHousehold({ directory, clock: () => time.now })
    const world = new World(household, time, join(await realpath(directory), 'pictures'))
    await world.#furnish()
    return world
  }

  get db() {
    return this.household.services.db
  }

  async #furnish(): Promise<void> {
    const exif = { IFD2: { DateTimeOriginal: `${MONTH.replace('-', ':')}:06 12:13:14` } }
    for (const [at, { name, folder }] of PHOTOS.entries())
      await makePicture(join(this.pathOf(folder), `${name}.jpg`), {
        exif,
        colour: `hsl(${at * 30}, 50%, 50%)`,
      })
    for (const { key, username, superAdmin, webdav, mayShare, grants } of CAST) {
      const folders = Object.entries(grants).map(([folder, grant]) => ({
        path: this.pathOf(folder as FolderName), // a key of the grants
        ...grant,
      }))
      const made = { username, password: PASSWORD, superAdmin, webdav, mayShare, folders } as const
      this.#ids.set(
        key,
        (await this.household.get(operator, 'accounts.create', { ...made, role: 'admin' })).id,
      )
    }
    for (const folder of ['family', 'attic'] as const)
      await this.household.get(operator, 'folders.add', { path: this.pathOf(folder) })
    await this.household.idle()
    await this.household.get(operator, 'flags.set', { flags: { webdav: true } })
    for (const { key, username } of CAST) await this.#logInFirst(key, username)
    await this.#arrange()
  }

  async #logInFirst(key: number, username: string): Promise<void> {
    const { now } = this.#time
    const id = this.#ids.get(key) ?? 0
    const made = await furnish({ household: this.household, now, password: PASSWORD }, { id, username })
    // the next one's code, as that of this moment was taken
    const code = made.totp ? codeOf(made.totp.seed, now, 1) : undefined
    if (made.totp) made.totp.lastStep += 1
    this.#furnishings.set(key, made)
    const { outcome } = await this.#dispatch(
      { ...anonymousCaller, deviceToken: this.#device },
      'session.login',
      { username, password: PASSWORD, ...(code !== undefined && { code }) },
    )
    this.#tokens.set(key, { id: 0, token: outcome.token ?? '' })
  }

  /** What no procedure does: roles of a newer version, and photos in states that have none yet. */
  async #arrange(): Promise<void> {
    const { folders } = await this.household.get(operator, 'folders.list', {})
    for (const { id, path } of folders)
      for (const folder of FOLDER_NAMES) if (path === this.pathOf(folder)) this.#areas.set(folder, id)
    const rows = await this.db.read.all<{ id: number; name: string }>(
      sql`select photo_id as id, name from files`,
    )
    for (const photo of PHOTOS) {
      const found = rows.find(({ name }) => name === `${photo.name}.jpg`)
      if (!found) throw new Error(`${photo.name} was not scanned`)
      this.#photos.push({ ...photo, id: found.id })
    }
    await this.db.write(async (tx) => {
      for (const { key, role } of CAST)
        await tx.run(sql`update accounts set role = ${role} where id = ${this.#ids.get(key)}`)
      for (const photo of this.#photos) {
        const { id, archived, trashed, missing } = photo
        await tx.run(sql`update photos set archived = ${archived ? 1 : 0}, private = ${photo.private ? 1 : 0},
          kind = ${photo.isVideo ? 'video' : 'image'},
          trashed_at = ${trashed ? 1 : null}, missing_at = ${missing ? 1 : null} where id = ${id}`)
      }
      await tx.run(sql`update areas set registered = (id = ${this.areaOf('family')})`)
      for (const table of KEPT)
        await tx.run(sql`create table ${sql.raw(`kept_${table}`)} as select * from ${sql.raw(table)}`)
    })
  }

  /** Sets everything back to the beginning, an hour later so that no wrong password counts any more; answers the model of it. */
  async reset(variant: number): Promise<State> {
    await this.settle()
    this.#time.now += 61 * 60_000
    const { now } = this.#time
    const supers = SUPER_ADMINS[variant % SUPER_ADMINS.length] ?? []
    await this.db.write(async (tx) => {
      await tx.run(sql`delete from accounts`)
      await tx.run(sql`delete from flags`)
      await tx.run(sql`delete from settings`)
      await tx.run(sql`delete from audit`)
      // photos stay, with what is theirs
      for (const table of KEPT.filter((one) => one !== 'photos'))
        await tx.run(sql.raw(`insert into ${table} select * from kept_${table}`))
      await tx.run(sql`update known_devices set created_at = ${now}, last_used_at = ${now}`)
      await tx.run(sql`update accounts set super_admin = 0 where username not in ${supers}`)
      await tx.run(
        sql`update sessions set created_at = ${now}, last_used_at = ${now}, expires_at = ${now + 14 * 86_400_000}`,
      )
      await tx.run(
        sql`update areas set registered = (id = ${this.areaOf('family')}), status = 'online', status_reason = null`,
      )
      await tx.run(sql`update photos set (archived, private, trashed_at, missing_at) =
        (select archived, private, trashed_at, missing_at from kept_photos k where k.id = photos.id)`)
    })
    await this.#showSeeds(now)
    const hasWebdav = variant % 2 === 1
    if (hasWebdav) await this.db.write((tx) => tx.run(sql`insert into flags values ('webdav', 1)`))
    return this.#model(supers, hasWebdav)
  }

  /** Those that were shown and have not counted yet, as if that had just been. */
  async #showSeeds(now: number): Promise<void> {
    const { secrets } = this.household.services
    for (const [key, { pending }] of this.#furnishings) {
      if (!pending) continue
      pending.since = now
      const id = this.#ids.get(key) ?? 0
      const sealed = sealSeed(secrets, 'pending totp', id, pending)
      await this.db.write((tx) =>
        tx.run(sql`update accounts set totp_pending_secret = ${sealed} where id = ${id}`),
      )
    }
  }

  #model(supers: readonly string[], hasWebdav: boolean): State {
    const { now } = this.#time
    const accounts = CAST.map((person) => ({
      ...person,
      ...structuredClone(this.#furnishings.get(person.key) ?? nothingFurnished()),
      id: this.#ids.get(person.key) ?? 0,
      password: PASSWORD,
      superAdmin: supers.includes(person.username),
      mustChange: false,
      isPending: false,
      isDeleted: false,
      keptUntil: null,
      isDeviceKnown: true,
      // the keys are names of folders
      grants: new Map(
        Object.entries(person.grants) as [FolderName, NonNullable<(typeof person.grants)['ada']>][],
      ),
    }))
    const sessions = CAST.map(({ key }) => ({
      key,
      ...(this.#tokens.get(key) ?? { id: 0, token: '' }),
      account: key,
      isLocked: false,
      viewing: null,
      isEnded: false,
      startedAt: now,
      usedAt: now,
    }))
    return {
      now,
      accounts: new Map(accounts.map((account) => [account.key, account])),
      sessions: new Map(sessions.map((session) => [session.key, session])),
      flags: new Map(hasWebdav ? [['webdav', true]] : []),
      defaults: new Map(),
      registered: new Set(['family']),
      offline: new Set(),
      photos: this.#photos.map((photo) => ({ ...photo })),
      entries: [],
      hasBackup: false,
    }
  }

  readonly pathOf = (folder: FolderName | 'nowhere' | 'outside'): string => {
    if (folder === 'outside') return '/usr/share'
    return join(this.#pictures, folder === 'nowhere' ? 'family/nowhere' : PLACES[folder])
  }

  readonly areaOf = (folder: FolderName): number => this.#areas.get(folder) ?? 0

  /** Lets time pass, milliseconds. */
  async pass(ms: number): Promise<void> {
    await this.settle()
    this.#time.now += ms
  }

  /** Waits until what is noted in the background is noted: when a session was last used. */
  async settle(): Promise<void> {
    await this.db.write(async () => undefined, { priority: 'background' })
  }

  /** Who this is to a door at this moment. */
  async principal(state: State, actor: Actor): Promise<Principal> {
    if (actor.kind === 'operator') return OPERATOR
    if (actor.kind === 'anonymous') return anonymousCaller.principal
    const token = state.sessions.get(actor.key)?.token ?? ''
    return principalOf(this.db, this.household.services.clock, token)
  }

  async perform({ hostWindow, procedure, input, remembers }: Act, principal: Principal): Promise<Done> {
    this.#acts += 1
    // each from an address of its own, as attempts are counted by address
    const caller = callerOf(principal, { hostWindow, address: `a${this.#acts}` })
    if (WORKING.includes(procedure)) {
      const done = await this.#dispatch(caller, procedure, input)
      await this.household.idle()
      return done
    }
    if (remembers === undefined) return this.#dispatch(caller, procedure, input)
    const memory = { ...caller.memory, tokenOf: () => remembers }
    return this.#dispatch({ ...caller, deviceToken: this.#device, memory }, procedure, input)
  }

  async #dispatch(caller: Caller, procedure: string, input: unknown): Promise<Done> {
    let token: string | null = null
    const begin = (session: { token: string }) => {
      token = session.token
    }
    const rememberDevice = (made: string) => {
      this.#device ??= made
    }
    const effects = { ...caller.effects, startSession: begin, renewSession: begin, rememberDevice }
    const answer = await this.household.call({ ...caller, effects }, procedure, input)
    return { answer, outcome: { value: answer.ok ? answer.value : undefined, token } }
  }
}

interface Done {
  answer: Result<unknown>
  outcome: Outcome
}

/** In memory where the system has such a place: a thousand small writes a second are waited for. */
function quickDirectory(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}
