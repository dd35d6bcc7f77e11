import type { Makings } from './acts.ts'
import { isInUse } from './rights.ts'
import {
  type Account,
  type Actor,
  FOLDER_NAMES,
  type FolderName,
  type Grant,
  type State,
  standingOf,
} from './state.ts'

/** A folder as somebody asks for it to be given. */
export interface Wish {
  folder: FolderName | 'nowhere' | 'outside'
  access: Grant['access']
  mayShare?: boolean
}

/** Two folders at most: a few of the household, now and then one that is none, or the same one twice. */
export function anyWishes({ dice }: Makings, mayNameAny: boolean): Wish[] {
  const wishes: Wish[] = []
  for (let count = dice.below(3); count > 0; count -= 1) wishes.push(anyWish({ dice }, mayNameAny))
  return wishes
}

export function anyWish({ dice }: Pick<Makings, 'dice'>, mayNameAny: boolean): Wish {
  const access = dice.pick(['read-write', 'read-only'] as const)
  // who may name it would add a folder that has to be scanned first, which is another test's matter
  const other = mayNameAny ? 'nowhere' : dice.pick(['nowhere', 'outside'] as const)
  const folder = dice.in100(96) ? dice.pick(FOLDER_NAMES) : other
  return { folder, access, ...(dice.in100(40) && { mayShare: dice.in100(50) }) }
}

export const inputOf = (wishes: readonly Wish[], { pathOf }: Makings) =>
  wishes.map(({ folder, ...how }) => ({ path: pathOf(folder), ...how }))

/** On the host any folder may be named; elsewhere only those of the household, and those inside them. */
export function areRefused(
  state: State,
  wishes: readonly Wish[],
  { actor, hostWindow, target }: { actor: Actor; hostWindow: boolean; target?: Account },
): boolean {
  const mayNameAny = standingOf(state, actor).kind === 'operator' || hostWindow
  const names = wishes.map(({ folder }) => folder)
  if (new Set(names).size < names.length) return true
  return names.some((folder) => {
    if (folder === 'nowhere' || folder === 'outside') return true
    // what one has already is not looked at again
    return !(mayNameAny || target?.grants.has(folder) || isInUse(state, folder))
  })
}

/** The grants that come of wishes nobody refuses; a read-only folder may be shared on only where that is said. */
export function grantsOf(wishes: readonly Wish[]): Map<FolderName, Grant> {
  const grants = new Map<FolderName, Grant>()
  for (const { folder, access, mayShare = access === 'read-write' } of wishes)
    if (folder !== 'nowhere' && folder !== 'outside') grants.set(folder, { access, mayShare })
  return grants
}

/** What an account has, as wishes that change nothing. */
export const wishesOf = (account: Account): Wish[] =>
  [...account.grants].map(([folder, grant]) => ({ folder, ...grant }))
