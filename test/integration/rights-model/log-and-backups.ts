import { type Act, allowed, anyActor, type Makings, refused, verdict } from './acts.ts'
import { isSuper, may } from './rights.ts'
import { type State, standingOf } from './state.ts'

const GATE = { may: 'administer', operator: true } as const
/** More than the log can hold at the end of a story. */
export const ENTRIES_KEPT = 200

/** `audit.list`: all of it, for whoever administers. */
export function listEntries(makings: Makings): Act {
  const actor = anyActor(makings)
  const judge = (state: State) =>
    verdict(state, { actor, gate: GATE }, () =>
      allowed((_, { value }) => {
        // dispatch has parsed it by this procedure's schema
        const { entries } = value as { entries: { id: number; actor: { kind: string } }[] }
        const kindOf = (actorId: number | null, name: string) =>
          actorId === null && (name === 'operator' || name === 'system') ? name : 'account'
        const expected = state.entries.map(
          ({ id, actorId, actorName }) => `${id} ${kindOf(actorId, actorName)}`,
        )
        requireSame(
          entries.map(({ id, actor: { kind } }) => `${id} ${kind}`),
          expected.toReversed(),
        )
      }),
    )
  return { actor, hostWindow: false, procedure: 'audit.list', input: { limit: ENTRIES_KEPT }, judge }
}

interface OwnEntry {
  id: number
  action: string
  by: { self: boolean; name: string | null }
  details: { folders?: { path: string }[] } | null
}

/** `audit.own`: what was done to one's own account and nobody else's, told without the host's paths and others' names to log in. */
export function listOwnEntries(makings: Makings): Act {
  const actor = anyActor(makings)
  const judge = (state: State) =>
    verdict(state, { actor, gate: {} }, () => {
      const by = standingOf(state, actor)
      if (by.kind !== 'account') return refused('forbidden')
      const { id: own } = by.account
      const about = state.entries.filter(
        ({ objectKind, objectId }) => objectKind === 'account' && objectId === own,
      )
      return allowed((_, { value }) => {
        const { entries } = value as { entries: OwnEntry[] } // dispatch has parsed it by this procedure's schema
        requireSame(
          entries.map(({ id, action, by: { self } }) => `${id} ${action} ${self}`),
          about.map(({ id, action, actorId }) => `${id} ${action} ${actorId === own}`).toReversed(),
        )
        const usernames = [...state.accounts.values()].map(({ username }) => username)
        const named = entries.find(({ by: { name } }) => name !== null && usernames.includes(name))
        if (named) throw new Error(`${named.by.name} is named`)
        const paths = entries.flatMap(({ details }) => details?.folders ?? []).map(({ path }) => path)
        const isFromRoot = paths.some((path) => path.startsWith('/'))
        if (isFromRoot && !may(state, by.account, 'administer')) throw new Error(`${paths} are told`)
      })
    })
  return { actor, hostWindow: false, procedure: 'audit.own', input: { limit: ENTRIES_KEPT }, judge }
}

function requireSame(told: readonly string[], expected: readonly string[]): void {
  if (told.join() !== expected.join()) throw new Error(`the log tells ${told} instead of ${expected}`)
}

/** `backup.create`: by whoever administers; where to, nobody but the operator says. */
export function makeBackup(makings: Makings): Act {
  const actor = anyActor(makings)
  const isElsewhere = actor.kind !== 'operator' && makings.dice.in100(20)
  const input = isElsewhere ? { to: makings.pathOf('nowhere') } : {}
  const judge = (state: State) =>
    verdict(state, { actor, gate: GATE }, () =>
      isElsewhere
        ? refused('invalid')
        : allowed((after) => {
            after.hasBackup = true
          }),
    )
  return { actor, hostWindow: false, procedure: 'backup.create', input, judge }
}

interface Listed {
  backups: { problem: string | null }[]
  last: { state: string } | null
  may: { restore: boolean }
}

/** `backup.list`: what was made is there and whole; only super admins put one back. */
export function listBackups(makings: Makings): Act {
  const actor = anyActor(makings)
  const judge = (state: State) =>
    verdict(state, { actor, gate: GATE }, () =>
      allowed((_, { value }) => {
        const { backups, last, may: told } = value as Listed // dispatch has parsed it by this procedure's schema
        if (told.restore !== isSuper(state, actor)) throw new Error(`may restore: ${told.restore}`)
        if (backups.some(({ problem }) => problem !== null)) throw new Error('a backup can not be opened')
        if (state.hasBackup && (backups.length === 0 || last?.state !== 'done'))
          throw new Error(`of ${backups.length} backups the last is ${last?.state}`)
      }),
    )
  return { actor, hostWindow: false, procedure: 'backup.list', input: {}, judge }
}
