import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { before, compare, compareViews, jobFaults } from './check.ts'
import { type Choice, diskSteps } from './disk-steps.ts'
import { householdSteps } from './household-steps.ts'
import { Lineage } from './lineage.ts'
import { Watcher } from './watcher.ts'
import { World } from './world.ts'

const allSteps = { ...diskSteps, ...householdSteps, check: [5, undefined] } as const
type Kind = keyof typeof allSteps
// the keys of an object literal
const kinds = Object.keys(allSteps) as Kind[]

export interface Step extends Choice {
  kind: Kind
}

const number = fc.nat({ max: 999 })

/** One step; how often each kind comes is said beside it. */
export const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(...kinds.map((kind) => ({ weight: allSteps[kind][0], arbitrary: fc.constant(kind) }))),
  a: number,
  b: number,
  c: number,
})

/** The same with which every story begins: some files, and folders inside one another that people have. */
const BEGINNING: readonly Step[] = [
  { kind: 'add', a: 1, b: 0, c: 0 },
  { kind: 'add', a: 2, b: 1, c: 1 },
  { kind: 'add', a: 3, b: 2, c: 2 },
  { kind: 'add', a: 4, b: 3, c: 0 },
  { kind: 'add', a: 5, b: 4, c: 0 },
  { kind: 'add', a: 2, b: 6, c: 0 },
  { kind: 'add', a: 3, b: 7, c: 1 },
  { kind: 'add', a: 4, b: 8, c: 0 },
  { kind: 'add', a: 1, b: 9, c: 5 },
  { kind: 'grant', a: 0, b: 1, c: 0 },
  { kind: 'grant', a: 1, b: 2, c: 1 },
  { kind: 'grant', a: 2, b: 5, c: 0 },
  { kind: 'register', a: 4, b: 0, c: 0 },
  { kind: 'check', a: 0, b: 0, c: 0 },
]

/** How much was seen of a story, so that a test can tell that there was something to see. */
export interface Told {
  /** times the watcher looked at the library */
  looks: number
  checks: number
  /** moved files that kept their photo */
  followed: number
}

/** Lives through the steps in a household of its own; throws what was wrong in the index or in what somebody saw. */
export async function live(steps: readonly Step[]): Promise<Told> {
  const world = await World.make()
  const watcher = new Watcher(world)
  const lineage = new Lineage(world)
  let checks = 0
  try {
    for (const step of [...BEGINNING, ...steps, { kind: 'check', a: 0, b: 0, c: 0 } as const]) {
      if (step.kind === 'check') {
        await check(world, lineage, watcher)
        checks += 1
      } else await take(world, lineage, step, step.kind)
    }
  } finally {
    await watcher.stop()
    await world.household.close()
  }
  return { looks: watcher.looks, checks, followed: lineage.followed }
}

const isDiskStep = (kind: Kind): kind is keyof typeof diskSteps => Object.hasOwn(diskSteps, kind)

/** Steps during which a change of grants may still be under way. */
const MEANWHILE = ['scan', 'scanOne', 'cancel', 'grantMeanwhile']

async function take(
  world: World,
  lineage: Lineage,
  choice: Choice,
  kind: Exclude<Kind, 'check'>,
): Promise<void> {
  if (isDiskStep(kind)) {
    // so that scans under way are met at all their stages
    await wait((choice.c % 5) * 8)
    lineage.noteRoots()
    diskSteps[kind][1](world, choice)
    world.history.note(world.readTree())
    lineage.noteRoots()
  } else {
    if (!MEANWHILE.includes(kind)) await Promise.all(world.pending.splice(0))
    await householdSteps[kind][1](world, choice)
  }
}

/** Scans when nothing else goes on, twice, since what one folder's scan learns may free another; then nothing may be left to do. */
async function check(world: World, lineage: Lineage, watcher: Watcher): Promise<void> {
  await world.idle()
  const newest = async () => (await world.jobs())[0]?.id ?? 0
  lineage.noteJobs(await newest(), 'before')
  const wrong: string[] = []
  for (const isLast of [false, false, true]) {
    const last = await newest()
    const was = await before(world)
    const tree = world.readTree()
    await world.scan()
    await world.idle()
    const jobs = (await world.jobs()).filter(({ id }) => id > last)
    wrong.push(...jobFaults(jobs, { shouldRest: isLast }))
    if (isLast) wrong.push(...(await compare(world, was, tree)))
  }
  lineage.noteJobs(await newest(), 'after')
  if (wrong.length === 0) wrong.push(...(await lineage.judge(world.readTree())))
  wrong.push(...(await compareViews(world)), ...watcher.judge(), ...world.crashes())
  if (wrong.length > 0) throw new Error(`the household is not as it should be:\n  ${wrong.join('\n  ')}`)
}
