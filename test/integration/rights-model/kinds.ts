import fc from 'fast-check'
import type { Act, Makings } from './acts.ts'
import * as appPasswords from './app-passwords.ts'
import { update } from './changing-accounts.ts'
import { HANDS } from './hands.ts'
import { forgetFolder, markPhotos, setFlags, setPreferences } from './household-acts.ts'
import { listRemoved, remove, restore } from './leaving.ts'
import { listFlags, listFolders, listJobs } from './lists.ts'
import { listBackups, listEntries, listOwnEntries, makeBackup } from './log-and-backups.ts'
import { anyLook } from './looks.ts'
import { create, list, register } from './making-accounts.ts'
import { changePassword } from './passwords.ts'
import * as secondFactor from './second-factor.ts'
import {
  listSessions,
  lock,
  logIn,
  logOut,
  resume,
  revokeSession,
  stopViewing,
  unlock,
  viewAs,
} from './session-acts.ts'

type Make = (makings: Makings) => Act

/** What people do that changes something, and how often each is done. */
export const CHANGES = {
  create: [8, create],
  register: [3, register],
  role: [8, update('role')],
  flag: [6, update('flag')],
  demoteSuperAdmin: [5, update('demoteSuperAdmin')],
  login: [6, update('login')],
  switches: [4, update('switches')],
  grant: [6, update('grant')],
  revoke: [5, update('revoke')],
  folders: [3, update('folders')],
  password: [3, update('password')],
  rename: [1, update('rename')],
  many: [4, update('many')],
  remove: [6, remove],
  restore: [5, restore],
  changePassword: [7, changePassword],
  logIn: [8, logIn],
  logOut: [3, logOut],
  lock: [4, lock],
  unlock: [4, unlock],
  resume: [2, resume],
  revokeSession: [5, revokeSession],
  viewAs: [6, viewAs],
  stopViewing: [3, stopViewing],
  setFlags: [6, setFlags],
  setPreferences: [2, setPreferences],
  forgetFolder: [1, forgetFolder],
  markPhotos: [6, markPhotos],
  beginFactor: [5, secondFactor.begin],
  confirmFactor: [5, secondFactor.confirm],
  disableFactor: [3, secondFactor.disable],
  renewCodes: [3, secondFactor.renewCodes],
  clearFactor: [4, secondFactor.clear],
  createAppPassword: [4, appPasswords.create],
  revokeAppPassword: [3, appPasswords.revoke],
  makeBackup: [1, makeBackup],
} as const satisfies Record<string, readonly [number, Make]>

/** What changes nothing. */
export const LOOKS = {
  look: [7, anyLook],
  list: [1, list],
  listSessions: [1, listSessions],
  listFolders: [1, listFolders],
  listFlags: [1, listFlags],
  listJobs: [1, listJobs],
  listRemoved: [1, listRemoved],
  factorStatus: [1, secondFactor.status],
  listAppPasswords: [2, appPasswords.list],
  listEntries: [1, listEntries],
  listOwnEntries: [1, listOwnEntries],
  listBackups: [1, listBackups],
} as const satisfies Record<string, readonly [number, Make]>

const BY_HAND = { trash: 2, drive: 2, meddle: 2, wait: 4, expire: 3 } as const satisfies Record<
  keyof typeof HANDS,
  number
>

type Change = keyof typeof CHANGES
type Look = keyof typeof LOOKS
type Hand = keyof typeof HANDS

interface Step {
  kind: Change | Look | Hand
  /** a second change, at the same time, or while the first one was already known to be somebody's but not begun */
  other: { kind: Change; how: 'together' | 'late' } | null
  /** from which everything else about it follows */
  number: number
}

export interface Story {
  /** with which super admins it begins */
  variant: number
  steps: readonly Step[]
}

export const isChange = (kind: Step['kind']): kind is Change => Object.hasOwn(CHANGES, kind)
export const isHand = (kind: Step['kind']): kind is Hand => Object.hasOwn(HANDS, kind)

const weighted = <K extends string>(weights: readonly (readonly [number, K])[]) =>
  fc.oneof(...weights.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) })))

// the keys of object literals
const changes = (Object.keys(CHANGES) as Change[]).map((kind) => [CHANGES[kind][0], kind] as const)
/** Of two seeds that were shown at once only the program knows which one counts. */
const besides = changes.filter(([, kind]) => kind !== 'beginFactor')
const looks = (Object.keys(LOOKS) as Look[]).map((kind) => [LOOKS[kind][0], kind] as const)
const hands = (Object.keys(HANDS) as Hand[]).map((kind) => [BY_HAND[kind], kind] as const)

const number = fc.integer()

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: weighted([...changes, ...looks, ...hands]),
  other: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: weighted(besides), how: fc.constantFrom('together', 'late') }),
    },
  ),
  number,
})

const steps = (minLength: number, maxLength: number) =>
  fc.array(anyStep, { minLength, maxLength, size: 'max' })

const MOST_STEPS = 30

/** Most stories are short, so that there are more of them in the same time. */
export const anyStory: fc.Arbitrary<Story> = fc.record({
  variant: fc.nat({ max: 3 }),
  steps: fc.oneof(
    { weight: 14, arbitrary: steps(1, 6) },
    { weight: 4, arbitrary: steps(6, 14) },
    { weight: 2, arbitrary: steps(14, MOST_STEPS) },
  ),
})
