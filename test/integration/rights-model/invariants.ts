import type { Act } from './acts.ts'
import type { AccountRow, Dump } from './dump.ts'
import { type State, standingOf } from './state.ts'

/**
 * What holds whatever the model thinks is allowed, looked at in the database before and after one act. The model's own rules are not
 * asked, so that a mistake in them hides nothing here.
 */
export function broken(before: Dump, after: Dump, act: Act, state: State): string[] {
  const by = standingOf(state, act.actor)
  const isOperator = by.kind === 'operator'
  const self = by.kind === 'account' ? by.account.id : undefined
  const actor = before.accounts.find(({ id }) => id === self)
  const administers = isOperator || (actor !== undefined && isAdmin(actor))
  const told = withoutSuperAdmin(after)
  for (const row of after.accounts) {
    const was = before.accounts.find(({ id }) => id === row.id)
    const held = was ? [was.superAdmin, was.role, was.mayLogIn] : [0, null, 1]
    if (row.superAdmin > (was?.superAdmin ?? 0) && !isOperator && !actor?.superAdmin)
      told.push(`${row.username} was made a super admin by none`)
    if (
      row.id === self &&
      was &&
      row.isDeleted === 0 &&
      !same(held, [row.superAdmin, row.role, row.mayLogIn])
    )
      told.push(`${row.username} changed their own standing`)
    // folders are left out: only admins assign them, and these see every folder as it is
    const allowed = was ? [was.webdav, was.mayShare] : []
    if (row.id === self && was && !actor?.superAdmin && !same(allowed, [row.webdav, row.mayShare]))
      told.push(`${row.username} changed what others allow them`)
    if (!administers && was && !same(rightsOf(was, before), rightsOf(row, after)))
      told.push(`the rights of ${row.username} were changed by one who may not`)
    if (!administers && !was && !same(rightsOf(row, after).slice(0, 3), ['user', 0, []]))
      told.push(`${row.username} came with rights`)
  }
  if (
    !isOperator &&
    !actor?.superAdmin &&
    !same([before.flags, before.defaults], [after.flags, after.defaults])
  )
    told.push('something of the whole household was changed by one who is no super admin')
  const who = isOperator ? 'operator' : actor
  return [
    ...told,
    ...factorsBroken(before, after, who),
    ...appPasswordsBroken(before, after, who),
    ...loginsBroken(before, after),
  ]
}

type By = AccountRow | 'operator' | undefined

const isSelf = (by: By, id: number) => typeof by === 'object' && by.id === id

/** Oneself, a super admin, or another admin where the account is none of those on top. */
const isOver = (by: By, row: AccountRow | undefined, isTop: (row: AccountRow) => boolean) =>
  by === 'operator' ||
  (by !== undefined &&
    row !== undefined &&
    (by.id === row.id || by.superAdmin === 1 || (isAdmin(by) && !isTop(row))))

const hasFactor = (row: AccountRow | undefined) => row !== undefined && row.factorStep !== null

/** A second factor is switched on by its own account alone, and off by it or one above it. */
function factorsBroken(before: Dump, after: Dump, by: By): string[] {
  const told: string[] = []
  for (const row of after.accounts) {
    const was = before.accounts.find(({ id }) => id === row.id)
    if (hasFactor(row) && !hasFactor(was) && !isSelf(by, row.id))
      told.push(`the factor of ${row.username} was switched on by another`)
    if (!hasFactor(row) && hasFactor(was) && !isOver(by, was, isAdmin))
      told.push(`the factor of ${row.username} was switched off by one who may not`)
  }
  return told
}

/** App passwords are made by their own account alone, and end by it or one who may change it. */
function appPasswordsBroken(before: Dump, after: Dump, by: By): string[] {
  const missingIn = (dump: Dump, { appPasswords }: Dump) =>
    appPasswords.filter(([id]) => !dump.appPasswords.some(([one]) => one === id))
  const made = missingIn(before, after).filter(([, account]) => !isSelf(by, account))
  const ended = missingIn(after, before).filter(([, account]) => {
    const row = before.accounts.find(({ id }) => id === account)
    return !isOver(by, row, ({ superAdmin }) => superAdmin === 1)
  })
  return [
    ...made.map(([, account]) => `${account} was given an app password by another`),
    ...ended.map(([, account]) => `an app password of ${account} was ended by one who may not`),
  ]
}

/** Of an account with a second factor no session begins or is unlocked without a code, which then was taken. */
function loginsBroken(before: Dump, after: Dump): string[] {
  const known = new Set(before.sessions.map(([, , tokenHash]) => tokenHash))
  const rowIn = ({ accounts }: Dump, id: number) => accounts.find((row) => row.id === id)
  const codesIn = (dump: Dump, id: number) => [
    rowIn(dump, id)?.factorStep,
    dump.recovery.filter(([account]) => account === id),
  ]
  return after.sessions
    .filter(([, account, tokenHash]) => !known.has(tokenHash) && hasFactor(rowIn(before, account)))
    .filter(([, account]) => same(codesIn(before, account), codesIn(after, account)))
    .map(([, account]) => `${account} got in without a code`)
}

/** Whatever happens, somebody can administer everything. */
export const withoutSuperAdmin = ({ accounts }: Dump): string[] =>
  accounts.some(({ superAdmin, mayLogIn, isDeleted }) => superAdmin && mayLogIn && !isDeleted)
    ? []
    : ['there is no super admin who may log in']

const isAdmin = ({ role, superAdmin }: AccountRow) => superAdmin === 1 || role === 'admin'

/** What others alone may change of an account. That a password must be changed ends with one's own changing it. */
function rightsOf({ id, role, superAdmin, mayLogIn, webdav, mayShare, isDeleted }: AccountRow, dump: Dump) {
  const grants = dump.grants
    .filter(([account]) => account === id)
    .toSorted(([, one], [, other]) => one - other)
  return [role, superAdmin, grants, mayLogIn, webdav, mayShare, isDeleted]
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
