import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OPERATOR } from '../../../electron/access/principal.ts'
import type { Caller } from '../../../electron/api/caller.ts'
import type { Input } from '../../../electron/contract/contract.ts'
import { principalOf, startSession } from '../../../electron/domain/accounts/sessions.ts'
import { callerOf, openTestHousehold, type TestHousehold } from '../../support/household.ts'
import { Contents } from './contents.ts'
import { History } from './history.ts'
import { readTree, type Tree } from './tree.ts'

export type Grants = NonNullable<Input<'accounts.update'>['folders']>

/** Folders an account could see from one moment to another; moments are counted, not timed. */
interface Period {
  from: number
  until: number
  folders: string[]
}

export interface Person {
  username: string
  role: 'user' | 'viewer' | 'admin'
  id: number
  token: string
  grants: Grants
  periods: Period[]
  /** a change of the grants is under way */
  isChanging: boolean
}

const PASSWORD = 'a quiet mantelpiece'
const operator = callerOf(OPERATOR)

/** A household with a tree of files, people who are granted parts of it, and what the test knows of both. */
export class World {
  household: TestHousehold
  readonly base: string
  /** beside the tree: what lies here is gone */
  readonly aside: string
  readonly contents = new Contents()
  readonly history = new History()
  readonly people: Person[] = []
  /** directories that ever became areas */
  readonly areas = new Set<string>()
  readonly registered = new Set<string>()
  /** roots that were taken away, by where they lie meanwhile */
  readonly away = new Map<string, string>()
  /** what goes on in the background, to be waited for before a check */
  readonly pending: Promise<unknown>[] = []
  /** closed while the household is: whoever watches waits here */
  open: Promise<void> = Promise.resolve()
  watching: Promise<void> = Promise.resolve()
  #moment = 0
  #mtime = 0

  private constructor(household: TestHousehold) {
    this.household = household
    const home = realpathSync(household.directory)
    this.base = join(home, 'pictures')
    this.aside = join(home, 'aside')
  }

  static async make(): Promise<World> {
    const world = new World(await openTestHousehold())
    mkdirSync(world.aside)
    for (const path of ['one/trip/deep', 'two', 'three'])
      mkdirSync(join(world.base, path), { recursive: true })
    const owner = { username: 'olga', role: 'admin', superAdmin: true, password: PASSWORD } as const
    await world.household.get(operator, 'accounts.create', owner)
    for (const [username, role] of [
      ['ada', 'user'],
      ['ben', 'user'],
      ['cleo', 'viewer'],
      ['dora', 'admin'],
    ] as const)
      await world.addPerson({ username, role, id: 0, token: '', grants: [], periods: [], isChanging: false })
    return world
  }

  /** The next moment. */
  now(): number {
    this.#moment += 1
    return this.#moment
  }

  /** A time of change that no file had before, some days after the last one; epoch seconds. */
  nextTime(): number {
    this.#mtime += 1
    return 1_600_000_000 + this.#mtime * 400_000
  }

  readTree(): Tree {
    return readTree(this.base)
  }

  get db() {
    return this.household.services.db
  }

  /** A caller as a door would make it for this request. */
  async callerFor({ token }: Pick<Person, 'token'>): Promise<Caller> {
    const { db, clock } = this.household.services
    return callerOf(await principalOf(db, clock, token))
  }

  async addPerson(person: Person): Promise<void> {
    const { username, role, grants } = person
    const from = this.now()
    const made = await this.household.get(operator, 'accounts.create', {
      username,
      role,
      password: PASSWORD,
      folders: grants,
    })
    person.id = made.id
    this.people.push(person)
    this.#noteGrants(person, made.account.folders, from)
    const { services } = this.household
    const session = { accountId: person.id, device: 'test', address: '127.0.0.1', now: services.clock() }
    person.token = (await services.db.write((tx) => startSession(tx, session))).token
  }

  async removePerson(person: Person): Promise<void> {
    await this.household.get(operator, 'accounts.remove', { id: person.id })
    this.people.splice(this.people.indexOf(person), 1)
    this.#noteGrants(person, [], this.now())
  }

  /** Gives these folders to somebody; answers false where they are refused. */
  async grant(person: Person, grants: Grants): Promise<boolean> {
    person.isChanging = true
    return this.#update(person, grants).finally(() => {
      person.isChanging = false
    })
  }

  async #update(person: Person, grants: Grants): Promise<boolean> {
    const from = this.now()
    const result = await this.household.call(operator, 'accounts.update', { id: person.id, folders: grants })
    if (!result.ok) return refused(result.error.code)
    const { accounts } = await this.household.get(operator, 'accounts.list', {})
    const folders = accounts.find(({ id }) => id === person.id)?.folders ?? []
    this.#noteGrants(person, folders, from)
    return true
  }

  #noteGrants(person: Person, folders: Grants, from: number): void {
    const last = person.periods.at(-1)
    if (last) last.until = this.now()
    person.grants = folders.map(({ path, access }) => ({ path, access }))
    for (const { path } of folders) this.areas.add(path)
    person.periods.push({ from, until: Number.POSITIVE_INFINITY, folders: folders.map(({ path }) => path) })
  }

  async register(path: string): Promise<boolean> {
    const result = await this.household.call(operator, 'folders.add', { path })
    if (!result.ok) return refused(result.error.code)
    this.areas.add(path)
    this.registered.add(path)
    return true
  }

  async unregister(path: string): Promise<void> {
    const id = (await this.areaIds()).get(path)
    const result = await this.household.call(operator, 'folders.remove', { id })
    if (result.ok) this.registered.delete(path)
    else refused(result.error.code)
  }

  async areaIds(): Promise<Map<string, number>> {
    const { folders } = await this.household.get(operator, 'folders.list', {})
    return new Map(folders.map(({ path, id }) => [path, id]))
  }

  /** Queues scans without waiting for them. */
  async scan(path?: string): Promise<void> {
    const id = path === undefined ? undefined : (await this.areaIds()).get(path)
    const result = await this.household.call(
      operator,
      'jobs.scan',
      id === undefined ? {} : { folderIds: [id] },
    )
    if (!result.ok) refused(result.error.code)
  }

  async cancelScans(): Promise<void> {
    const { jobs } = await this.household.get(operator, 'jobs.list', {})
    for (const { id, may } of jobs) if (may.cancel) await this.household.call(operator, 'jobs.cancel', { id })
  }

  async accept(path: string): Promise<void> {
    const id = (await this.areaIds()).get(path)
    if (id === undefined) return
    const result = await this.household.call(operator, 'folders.accept', { id })
    if (!result.ok) refused(result.error.code)
  }

  /** Closes the household, scans under way or not, and opens it again. */
  async restart(): Promise<void> {
    await Promise.all(this.pending.splice(0))
    const opened = Promise.withResolvers<void>()
    this.open = opened.promise
    await this.watching
    const { directory, stop } = this.household
    await stop()
    this.household = await openTestHousehold({ directory })
    opened.resolve()
  }

  /** Writes a file outside the tree, with a time of its own; answers its path. */
  prepare(bytes: Buffer): string {
    const path = join(this.aside, `prepared-${this.now()}`)
    writeFileSync(path, bytes)
    return path
  }

  /** The newest jobs first. */
  jobs() {
    return this.household.services.jobs.list({ limit: 200 })
  }

  /** What the log tells of faults in the program. */
  crashes(): string[] {
    return this.household.lines.filter((line) => /^\S+ error /.test(line))
  }

  async idle(): Promise<void> {
    await Promise.all(this.pending.splice(0))
    await this.household.idle()
  }
}

/** Refusals are ordinary here (a directory that has just gone); a fault in the program is not. */
function refused(code: string): false {
  if (code === 'internal') throw new Error('a procedure crashed')
  return false
}
