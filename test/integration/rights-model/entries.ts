import type { Act } from './acts.ts'
import type { Dump } from './dump.ts'
import { type Entry, type State, standingOf } from './state.ts'

/** An act and whether it was allowed. */
export interface Told {
  act: Act
  isOk: boolean
}

/** What always stands in the log once it was done, also where nothing else of the database is different then. */
const ALWAYS: Readonly<Record<string, string>> = {
  'accounts.changePassword': 'account.passwordChanged',
  'accounts.create': 'account.created',
  'accounts.remove': 'account.removed',
  'accounts.restore': 'account.restored',
  'appPasswords.create': 'appPassword.created',
  'appPasswords.revoke': 'appPassword.revoked',
  'backup.create': 'backup.created',
  'registration.create': 'account.signedUp',
  'session.viewAs': 'account.viewed',
  'sessions.revoke': 'session.revoked',
  'totp.confirm': 'totp.enabled',
  'totp.disable': 'totp.disabled',
  'totp.renewCodes': 'totp.recoveryCodes',
}

/** What of these acts the audit log does not tell, and what it tells though nobody did it. `state`: as it was before. */
export function unwritten(before: Dump, after: Dump, told: readonly Told[], state: State): string[] {
  const last = before.entries.at(-1)?.id ?? 0
  const added = after.entries.filter(({ id }) => id > last)
  const done = told.filter(({ isOk }) => isOk)
  const own = done.map(({ act }) => added.filter((entry) => isBy(entry, act, state)))
  const isOwn = (entry: Entry) => own.some((entries) => entries.includes(entry))
  const wrong = added
    .filter((entry) => !isOwn(entry) && entry.action !== 'account.purged')
    .map(({ action, actorName }) => `${action} of ${actorName} is written down, but was not done`)
  if (!added.some(isOwn) && writtenDown(before) !== writtenDown(after))
    wrong.push('a change is not written down')
  for (const [at, { act }] of done.entries()) {
    const action = ALWAYS[act.procedure]
    if (action && !own[at]?.some((entry) => entry.action === action))
      wrong.push(`${action} is not written down`)
  }
  return wrong
}

/** Whether an entry names whoever did that. Of one who is gone by now only the name is left. */
function isBy({ actorId, actorName, action }: Entry, { actor, procedure }: Act, state: State): boolean {
  // under the account that came of it
  if (procedure === 'registration.create') return action === 'account.signedUp'
  const by = standingOf(state, actor)
  if (by.kind === 'operator') return actorId === null && actorName === 'operator'
  if (by.kind !== 'account') return false
  return actorId === by.account.id || (actorId === null && actorName === by.account.username)
}

/** All of which any change is written down. Which code was taken last, and that a seed was shown, is not. */
function writtenDown({ accounts, grants, flags, defaults, registered, appPasswords }: Dump): string {
  const rows = accounts.map(({ isFactorBegun: _, factorStep, ...row }) => ({
    ...row,
    hasFactor: factorStep !== null,
  }))
  return [rows, grants, flags, defaults, registered, appPasswords].map((table) => sorted(table)).join()
}

const sorted = (rows: readonly unknown[]) =>
  rows
    .map((row) => JSON.stringify(row))
    .toSorted()
    .join()
