import { join, sep } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { Input, Output, ProcedureName } from '../../../electron/contract/contract.ts'
import { directories, files } from '../../../electron/db/schema.ts'
import { isInOneOf, plain } from './model.ts'
import type { Person, World } from './world.ts'

/** Something an account was shown, to be judged when it is known what it could see at that time. */
interface Sighting {
  person: Person
  from: number
  until: number
  what: string
  /** it is in order where one of these lies in a folder the account had; none: where the content has been */
  paths: string[]
  hash?: string
}

/** What people may be told while files and folders change under their eyes. */
const ORDINARY = ['not_found', 'unavailable', 'unauthenticated', 'forbidden']

/** Looks at the library as everybody in turn, all the time, and notes what is seen. */
export class Watcher {
  readonly #world: World
  readonly #sightings: Sighting[] = []
  readonly #faults: string[] = []
  readonly #ended: Promise<void>
  #isStopped = false
  #turn = 0
  looks = 0

  constructor(world: World) {
    this.#world = world
    this.#ended = this.#run()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#ended
  }

  /** What was seen since the last time that should not have been. To be asked when no change of grants is under way. */
  judge(): string[] {
    const wrong = this.#sightings.splice(0).filter((sighting) => !this.#isInOrder(sighting))
    const told = wrong.map(
      ({ person, what, paths, hash }) =>
        `${person.username} was shown ${what}: ${[...paths, hash ?? ''].map(plain).join(' or ')}`,
    )
    return [...this.#faults.splice(0), ...told]
  }

  #isInOrder({ person, from, until, paths, hash }: Sighting): boolean {
    const held = person.periods.filter((period) => period.from <= until && period.until >= from)
    // an admin may look at every folder of the household
    const folders =
      person.role === 'admin' ? [...this.#world.areas] : held.flatMap((period) => period.folders)
    const places = hash === undefined ? paths : [...(this.#world.history.places.get(hash) ?? [])]
    return places.some((path) => isInOneOf(folders, path))
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#world.open
      const { people } = this.#world
      this.#turn += 1
      const person = people[this.#turn % people.length]
      if (person)
        this.#world.watching = this.#look(person).catch((error) => void this.#faults.push(String(error)))
      await this.#world.watching
      await wait(4)
    }
  }

  async #look(person: Person): Promise<void> {
    const from = this.#world.now()
    const before = await this.#placesOfPhotos()
    const seen: number[] = []
    const { months } = (await this.#ask(person, 'timeline.months', {})) ?? { months: [] }
    for (const { month } of months)
      seen.push(...((await this.#ask(person, 'timeline.month', { month }))?.ids ?? []))
    const after = await this.#placesOfPhotos()
    const until = this.#world.now()
    for (const id of seen) {
      const paths = [before.get(id), after.get(id)].filter((path) => path !== undefined)
      const asUser = person.role === 'admin' ? { ...person, role: 'user' as const } : person
      this.#sightings.push({ person: asUser, from, until, what: `photo ${id} in a month`, paths })
    }
    const ids = [...after.keys()]
    for (let count = 0; count < 4; count += 1) {
      const id = ids[(this.#turn * 7 + count * 3) % ids.length]
      if (id !== undefined) await this.#open(person, id)
    }
    this.looks += 1
  }

  /** Asks for one photo in every way there is. */
  async #open(person: Person, id: number): Promise<void> {
    let from = this.#world.now()
    const note = (what: string, sighted: { paths: string[]; hash?: string }) => {
      this.#sightings.push({ person, from, until: this.#world.now(), what: `${what} ${id}`, ...sighted })
      from = this.#world.now()
    }
    const before = (await this.#placesOfPhotos()).get(id)
    const photo = await this.#ask(person, 'photos.get', { id })
    if (photo) {
      const told = join(photo.folder ?? '', photo.fileName)
      const after = (await this.#placesOfPhotos()).get(id)
      // others than admins are told the end of the path, from a folder of theirs on
      const places = [before, after].filter((place) => place?.endsWith(`${sep}${told}`))
      note('photo', {
        paths: person.role === 'admin' ? [told] : places.filter((place) => place !== undefined),
      })
    }
    const original = await this.#media(person, id, 'original')
    if (original) note('the file of photo', { paths: [original.path] })
    const thumb = await this.#media(person, id, 'thumb')
    const hash = thumb && /([0-9a-f]{64})/.exec(thumb.path)?.[1]
    if (hash) note('the picture of photo', { paths: [], hash })
  }

  async #media(person: Person, id: number, kind: 'original' | 'thumb') {
    const result = await this.#call(person, 'media.open', { kind, id, version: '1' })
    return result.ok ? (result.value as { path: string }) : undefined // the byte procedure's answer
  }

  async #ask<N extends ProcedureName>(person: Person, name: N, input: Input<N>) {
    const result = await this.#call(person, name, input)
    return result.ok ? (result.value as Output<N>) : undefined // dispatch has parsed it by this procedure's schema
  }

  /** One request as a door makes it: who asks is found out for each. */
  async #call(person: Person, name: string, input: unknown) {
    const caller = await this.#world.callerFor(person)
    const result = await this.#world.household.call(caller, name, input)
    if (!result.ok && !ORDINARY.includes(result.error.code))
      this.#faults.push(`${name} answered ${JSON.stringify(result.error)}`)
    return result
  }

  async #placesOfPhotos(): Promise<Map<number, string>> {
    const rows = await this.#world.db.read
      .select({ id: files.photoId, directory: directories.path, name: files.name })
      .from(files)
      .innerJoin(directories, eq(directories.id, files.directoryId))
    return new Map(rows.map(({ id, directory, name }) => [id, join(directory, name)]))
  }
}
