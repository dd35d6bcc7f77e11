import { type Choice, pick } from './disk-steps.ts'
import type { Grants, World } from './world.ts'

type HouseholdStep = (world: World, choice: Choice) => Promise<void>

const directories = (world: World) => [...world.readTree().directories].sort()

function wantedGrants(
  world: World,
  { a, b, c }: Choice,
): { person: World['people'][number]; grants: Grants } | null {
  const person = pick(world.people, a)
  const path = pick(directories(world), b)
  if (!person || !path) return null
  const access = c % 2 === 0 ? 'read-write' : 'read-only'
  const others = person.grants.filter((grant) => grant.path !== path)
  return { person, grants: [...others, { path, access }] }
}

async function grant(world: World, choice: Choice): Promise<void> {
  const wanted = wantedGrants(world, choice)
  if (wanted) await world.grant(wanted.person, wanted.grants)
}

/** The same while other things go on. */
async function grantMeanwhile(world: World, choice: Choice): Promise<void> {
  const wanted = wantedGrants(world, choice)
  if (wanted && !wanted.person.isChanging) world.pending.push(world.grant(wanted.person, wanted.grants))
}

async function revoke(world: World, { a, b }: Choice): Promise<void> {
  const person = pick(world.people, a)
  if (!person || person.grants.length === 0) return
  const taken = b % person.grants.length
  await world.grant(
    person,
    person.grants.filter((_, index) => index !== taken),
  )
}

async function replaceGrants(world: World, { a, b, c }: Choice): Promise<void> {
  const person = pick(world.people, a)
  const all = directories(world)
  const paths = new Set([pick(all, b), pick(all, c)].filter((path) => path !== undefined))
  if (person)
    await world.grant(
      person,
      [...paths].map((path) => ({ path, access: 'read-only' })),
    )
}

async function register(world: World, { a }: Choice): Promise<void> {
  const path = pick(directories(world), a)
  if (path) await world.register(path)
}

async function unregister(world: World, { a }: Choice): Promise<void> {
  const path = pick([...world.registered].sort(), a)
  if (path) await world.unregister(path)
}

/** Somebody goes; another with the same name and the same folders comes. */
async function replacePerson(world: World, { a, b }: Choice): Promise<void> {
  const person = pick(world.people, a)
  if (!person) return
  const there = new Set(directories(world))
  const grants = b % 2 === 0 ? person.grants.filter(({ path }) => there.has(path)) : []
  await world.removePerson(person)
  await world.addPerson({ ...person, grants, periods: [], isChanging: false })
}

async function accept(world: World, { a }: Choice): Promise<void> {
  const path = pick([...world.areas].sort(), a)
  if (path) await world.accept(path)
}

/** What may happen in the program, each with how often it does. Scans are left running. */
export const householdSteps = {
  grant: [5, grant],
  grantMeanwhile: [4, grantMeanwhile],
  revoke: [4, revoke],
  replaceGrants: [1, replaceGrants],
  register: [1, register],
  unregister: [1, unregister],
  replacePerson: [1, replacePerson],
  accept: [1, accept],
  scan: [9, (world) => world.scan()],
  scanOne: [4, async (world, { a }) => world.scan(pick([...world.areas].sort(), a))],
  wait: [3, (world) => world.idle()],
  cancel: [2, (world) => world.cancelScans()],
  restart: [1, (world) => world.restart()],
} as const satisfies Record<string, readonly [number, HouseholdStep]>
