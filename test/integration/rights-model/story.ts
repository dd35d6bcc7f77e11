import type { Principal } from '../../../electron/access/principal.ts'
import type { Act, Makings } from './acts.ts'
import { Dice } from './dice.ts'
import { type Dump, differences, learn, readDump } from './dump.ts'
import { unwritten } from './entries.ts'
import { HANDS } from './hands.ts'
import { broken, withoutSuperAdmin } from './invariants.ts'
import { CHANGES, isChange, isHand, LOOKS, type Story } from './kinds.ts'
import { type Actor, copyOf, eyesOf, type State, standingOf } from './state.ts'
import { questions } from './views.ts'
import type { World } from './world.ts'

type Step = Story['steps'][number]
type Done = Awaited<ReturnType<World['perform']>>

/** How often what was seen, so that a test can tell that there was something to see. */
export type Told = Record<string, number>

/** Lives through a story in the household, set back to its beginning; throws what was wrong, with everything that had been done. */
export async function live(world: World, story: Story, told: Told): Promise<void> {
  const telling = new Telling(world, told)
  try {
    await telling.begin(story.variant)
    for (const step of story.steps) await telling.take(step)
    await telling.end(new Dice(story.steps[0]?.number ?? 0))
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n  ${telling.log.join('\n  ')}`, {
      cause: error,
    })
  }
}

const ENDING = ['session.lock', 'session.logout', 'session.leave', 'sessions.revoke', 'session.stopViewing']

const ASKING = ['accounts.changePassword', 'appPasswords.create', 'totp.disable', 'totp.renewCodes']

class Telling {
  readonly log: string[] = []
  readonly #world: World
  readonly #told: Told
  #state!: State
  #dump!: Dump

  constructor(world: World, told: Told) {
    this.#world = world
    this.#told = told
  }

  async begin(variant: number): Promise<void> {
    this.#state = await this.#world.reset(variant)
    this.#dump = await this.#compare(this.#state)
  }

  async take({ kind, other, number }: Step): Promise<void> {
    const { pathOf, areaOf } = this.#world
    const makings: Makings = { state: this.#state, dice: new Dice(number), pathOf, areaOf }
    if (isHand(kind)) {
      this.log.push(await HANDS[kind](this.#world, this.#state, makings))
      await this.#moveOn()
    } else if (isChange(kind) && other) {
      const acts = [CHANGES[kind][1](makings), CHANGES[other.kind][1](makings)] as const
      await this.#both(acts, other.how)
    } else await this.#alone((isChange(kind) ? CHANGES[kind] : LOOKS[kind])[1](makings))
  }

  /** One act, by somebody whose session is looked up at that moment. */
  async #alone(act: Act): Promise<void> {
    const before = this.#dump
    const asked = copyOf(this.#state)
    const isOk = await this.#ask(act)
    await this.#moveOn()
    fail([
      ...broken(before, this.#dump, act, asked),
      ...unwritten(before, this.#dump, [{ act, isOk }], asked),
    ])
  }

  /** Asks and holds the answer to what the model says. */
  async #ask(act: Act, known?: Principal): Promise<boolean> {
    const principal = known ?? (await this.#principal(act.actor))
    const said = act.judge(this.#state)
    const { answer, outcome } = await this.#world.perform(act, principal)
    this.#note(act, answer)
    if (answer.ok !== said.ok) throw new Error(`the model says ${said.ok ? 'ok' : said.codes.join(' or ')}`)
    if (said.ok) said.then(this.#state, outcome)
    else if (!answer.ok && !said.codes.includes(answer.error.code))
      throw new Error(`the model says ${said.codes.join(' or ')}`)
    return said.ok
  }

  /**
   * Two acts at the same time, or the first one after the second, though it was begun before: what comes of them is what one of
   * the two orders would have come to.
   */
  async #both(acts: readonly [Act, Act], how: 'together' | 'late'): Promise<void> {
    const [first, second] = acts
    const principals = [await this.#principal(first.actor), await this.#principal(second.actor)] as const
    const perform = (at: 0 | 1) => this.#world.perform(acts[at], principals[at])
    const lateSecond = how === 'late' ? await perform(1) : undefined
    const done = await Promise.all([perform(0), lateSecond ?? perform(1)])
    for (const at of how === 'late' ? ([1, 0] as const) : ([0, 1] as const)) {
      this.#note(acts[at], done[at].answer, how)
      if (!done[at].answer.ok && done[at].answer.error.code === 'internal')
        throw new Error('a procedure crashed')
    }
    const dump = await readDump(this.#world)
    fail(withoutSuperAdmin(dump))
    const late = this.#outcomeOf(acts, done, [1, 0], dump)
    const mayBeFirst = how === 'together' || !late.hasLostStanding
    const inOrder = mayBeFirst ? this.#outcomeOf(acts, done, [0, 1], dump) : undefined
    const either = late.state ?? inOrder?.state
    if (!either)
      throw new Error(
        `neither order of the two comes to that: ${late.why}; ${inOrder?.why ?? 'begun before'}`,
      )
    const told = ([0, 1] as const).map((at) => ({ act: acts[at], isOk: done[at].answer.ok }))
    fail(unwritten(this.#dump, dump, told, this.#state))
    await this.#moveOn(either, dump)
  }

  /** The state that an order of two acts comes to, where it explains the answers and what the database holds. */
  #outcomeOf(acts: readonly [Act, Act], done: readonly [Done, Done], order: readonly (0 | 1)[], dump: Dump) {
    const state = copyOf(this.#state)
    let hasLostStanding = false
    for (const at of order) {
      const [act, { answer, outcome }] = [acts[at], done[at]]
      const said = act.judge(state)
      if (at === 0) hasLostStanding = standingDiffers(this.#state, state, act)
      // what was ended or locked by the other one already is so in any case
      if (answer.ok && !said.ok && ENDING.includes(act.procedure)) continue
      // who was asked for a password that changed meanwhile is told to look again, even where both could have had their way
      if (!answer.ok && answer.error.code === 'conflict' && ASKING.includes(act.procedure)) continue
      if (said.ok !== answer.ok) return { why: `${act.procedure} answers otherwise`, hasLostStanding }
      if (said.ok) said.then(state, outcome)
    }
    learn(state, dump)
    const [why] = differences(state, dump, this.#world)
    return why === undefined ? { state, hasLostStanding } : { why, hasLostStanding }
  }

  /** Who an actor is to the program, which must be who the model says. */
  async #principal(actor: Actor): Promise<Principal> {
    const principal = await this.#world.principal(this.#state, actor)
    const by = standingOf(this.#state, actor)
    // a view that is over does not begin anew
    if (by.kind === 'account') by.session.viewing = null
    if (by.kind === 'viewing' && principal.kind === 'viewing' && principal.as.accountId !== by.as.id)
      throw new Error(`views as ${principal.as.accountId} instead of ${by.as.id}`)
    const id = 'accountId' in principal ? principal.accountId : undefined
    const expected = 'account' in by ? by.account.id : undefined
    if (principal.kind !== by.kind || id !== expected)
      throw new Error(
        `${nameOf(this.#state, actor)} is ${principal.kind} (${id}) instead of ${by.kind} (${expected})`,
      )
    // a use is noted once a minute
    if ('session' in by && this.#state.now - by.session.usedAt > 60_000) by.session.usedAt = this.#state.now
    return principal
  }

  /** Reads the database, which must be as the model has it, and looks at what those see whom something has happened to. */
  async #moveOn(state = this.#state, read?: Dump): Promise<void> {
    const before = this.#dump
    this.#state = state
    this.#dump = read ?? (await this.#compare(state))
    const touched = touchedBetween(before, this.#dump)
    if (touched.size === 0) return
    const own = [...state.sessions.values()].filter(({ account }) =>
      touched.has(state.accounts.get(account)?.id ?? 0),
    )
    const dice = new Dice(this.log.length)
    for (const session of own.slice(-2)) await this.#view({ kind: 'session', key: session.key }, dice, 0)
  }

  async #compare(state: State): Promise<Dump> {
    const dump = await readDump(this.#world)
    learn(state, dump)
    fail([...withoutSuperAdmin(dump), ...differences(state, dump, this.#world)])
    return dump
  }

  /** No ended session is anybody's, and one that counts sees what it should. */
  async end(dice: Dice): Promise<void> {
    const actors = [...this.#state.sessions.keys()].map((key) => ({ kind: 'session', key }) as const)
    const counts = (actor: Actor) => eyesOf(standingOf(this.#state, actor)) !== undefined
    for (const actor of actors) if (!counts(actor)) await this.#principal(actor)
    const live = actors.filter(counts)
    if (live.length > 0) await this.#view(dice.pick(live), dice, 2)
  }

  async #view(actor: Actor, dice: Dice, photos: number): Promise<void> {
    const principal = await this.#principal(actor)
    for (const question of questions(this.#state, actor, dice, photos)) {
      await this.#ask(question, principal)
      // only what is answered wrongly is worth telling
      this.log.pop()
    }
  }

  #note(act: Act, answer: Done['answer'], how = ''): void {
    const { actor, procedure, input, hostWindow } = act
    const code = answer.ok ? 'ok' : answer.error.code
    const where = hostWindow ? ' at the host' : ''
    this.log.push(
      `${nameOf(this.#state, actor)}${where}: ${procedure} ${JSON.stringify(input)} → ${code} ${how}`.trimEnd(),
    )
    const key = `${procedure} ${code}`
    this.#told[key] = (this.#told[key] ?? 0) + 1
  }
}

/** What was begun does not finish once its session ended or was locked, or its account lost the standing it was begun with. */
function standingDiffers(before: State, after: State, { actor, procedure }: Act): boolean {
  const was = standingOf(before, actor)
  const asksAgain = /^(accounts|appPasswords|backup|flags|folders|photos|settings|totp)\./
  if (was.kind !== 'account' || !asksAgain.test(procedure)) return false
  const is = standingOf(after, actor)
  // what was begun before the session viewed as somebody is finished
  if (is.kind !== 'account' && is.kind !== 'viewing') return true
  const [one, other] = [was.account, is.account]
  if (one.role !== other.role || one.superAdmin !== other.superAdmin) return true
  return other.mustChange && !one.mustChange
}

/** Accounts of which something is not as it was. */
function touchedBetween(before: Dump, after: Dump): Set<number> {
  const differing = <Row>(rows: (dump: Dump) => readonly Row[], owner: (row: Row) => number) => {
    const [was, is] = [before, after].map(
      (dump) => new Map(rows(dump).map((row) => [JSON.stringify(row), row])),
    )
    return [...(was ?? []), ...(is ?? [])]
      .filter(([key]) => !(was?.has(key) && is?.has(key)))
      .map(([, row]) => owner(row))
  }
  return new Set([
    ...differing(
      ({ accounts }) => accounts,
      ({ id }) => id,
    ),
    ...differing(
      ({ grants }) => grants,
      ([account]) => account,
    ),
    ...differing(
      ({ sessions }) => sessions,
      ([, account]) => account,
    ),
  ])
}

function nameOf(state: State, actor: Actor): string {
  if (actor.kind !== 'session') return actor.kind
  const session = state.sessions.get(actor.key)
  return `${state.accounts.get(session?.account ?? 0)?.username} (session ${actor.key})`
}

function fail(wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
}
