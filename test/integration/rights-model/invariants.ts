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
  return [...told, ...factorsBroken(before, after, isOperator ? 'operator' : actor)]
}

/** What nobody makes for another, what only some take from another, and who got in without the code that is asked for. */
function factorsBroken(before: Dump, after: Dump, actor: AccountRow | 'operator' | undefined): string[] {
  const was = new Map(before.accounts.map((row) => [row.id, row]))
  const isSelf = (id: number) => typeof actor === 'object' && actor.id === id
  const isSuper = actor === 'operator' || actor?.superAdmin === 1
  const isOver = (id: number, isTop: (row: AccountRow) => boolean) => {
    const row = was.get(id)
    return (
      isSelf(id) || isSuper || (actor !== undefined && isAdmin(actor) && row !== undefined && !isTop(row))
    )
  }
  const hasFactor = (row: AccountRow | undefined) => row !== undefined && row.factorStep !== null
  const codesOf = ({ accounts, recovery }: Dump, id: number) => [
    accounts.find((row) => row.id === id)?.factorStep,
    recovery.filter(([account]) => account === id),
  ]
  const told: string[] = []
  for (const row of after.accounts) {
    if (hasFactor(row) && !hasFactor(was.get(row.id)) && !isSelf(row.id))
      told.push(`the factor of ${row.username} was switched on by another`)
    if (!hasFactor(row) && hasFactor(was.get(row.id)) && !isOver(row.id, isAdmin))
      told.push(`the factor of ${row.username} was switched off by one who may not`)
  }
  const [had, have] = [before, after].map((dump) => new Map(dump.appPasswords.map((row) => [row[0], row])))
  for (const [id, [, account]] of have ?? [])
    if (!had?.has(id) && !isSelf(account)) told.push(`${account} was given an app password by another`)
  for (const [id, [, account]] of had ?? [])
    if (!have?.has(id) && !isOver(account, ({ superAdmin }) => superAdmin === 1))
      told.push(`an app password of ${account} was taken by one who may not`)
  const known = new Set(before.sessions.map(([, , tokenHash]) => tokenHash))
  for (const [, account, tokenHash] of after.sessions)
    if (
      !known.has(tokenHash) &&
      hasFactor(was.get(account)) &&
      same(codesOf(before, account), codesOf(after, account))
    )
      told.push(`${account} got in without a code`)
  return told
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
