import type { ErrorCode } from '../../electron/contract/errors.ts'
import type { Who, World } from './world.ts'

export type Outcome = 'ok' | ErrorCode

/** One line of the matrix: a procedure with one input, and what each principal is answered. */
export interface Row {
  procedure: string
  /** which object the input names, for the test's title */
  object?: string
  input: (world: World, who: Who) => unknown
  expect: Record<Who, Outcome>
}

/** Nobody is known: the same for anonymous callers and for sessions that do not hold any more. */
const NOBODY = {
  anonymous: 'unauthenticated',
  disabled: 'unauthenticated',
  unknownRole: 'unauthenticated',
  locked: 'unauthenticated',
  visitor: 'unauthenticated',
} as const

export const ACCOUNTS: Record<Who, Outcome> = {
  ...NOBODY,
  operator: 'forbidden',
  mustChange: 'forbidden',
  viewing: 'forbidden',
  guest: 'ok',
  viewer: 'ok',
  user: 'ok',
  admin: 'ok',
  super: 'ok',
  unknownRoleWithFlag: 'ok',
}

export const LIBRARY: Record<Who, Outcome> = { ...ACCOUNTS, guest: 'forbidden' }
export const OWN_JOBS: Record<Who, Outcome> = { ...LIBRARY, viewer: 'forbidden', operator: 'ok' }
export const ADMINISTRATORS: Record<Who, Outcome> = { ...OWN_JOBS, user: 'forbidden' }
export const ADMIN_ACCOUNTS: Record<Who, Outcome> = { ...ADMINISTRATORS, operator: 'forbidden' }
export const SUPER_ADMINS: Record<Who, Outcome> = { ...ADMINISTRATORS, admin: 'forbidden' }

/** For what only reads: whoever views as another account, in the table as the user, is answered as that one is. */
export const alsoViewing = (expect: Record<Who, Outcome>): Record<Who, Outcome> => ({
  ...expect,
  viewing: expect.user,
})

export const everyone = (outcome: Outcome): Record<Who, Outcome> => ({
  anonymous: outcome,
  visitor: outcome,
  guest: outcome,
  viewer: outcome,
  user: outcome,
  admin: outcome,
  super: outcome,
  disabled: outcome,
  unknownRole: outcome,
  unknownRoleWithFlag: outcome,
  mustChange: outcome,
  locked: outcome,
  viewing: outcome,
  operator: outcome,
})

export const nothing = () => ({})
