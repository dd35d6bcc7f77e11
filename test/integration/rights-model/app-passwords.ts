import { type Act, allowed, anyTarget, idIn, type Makings, refused, verdict } from './acts.ts'
import { may } from './rights.ts'
import { actorWith, ownPassword } from './second-factor.ts'
import { mayTouch } from './session-acts.ts'
import { type State, standingOf } from './state.ts'

/** `appPasswords.create`: for oneself, whoever may use WebDAV and knows the password. */
export function create(makings: Makings): Act {
  const { state, dice } = makings
  const actor = actorWith(makings, (account) => may(state, account, 'webdav'))
  const currentPassword = ownPassword(makings, actor)
  const access = dice.pick(['read-write', 'read-only'] as const)
  const judge = (at: State) =>
    verdict(at, { actor, gate: { may: 'webdav' } }, () => {
      const by = standingOf(at, actor)
      if (by.kind !== 'account' || by.account.password !== currentPassword) return refused('invalid')
      const { key } = by.account
      return allowed((after, { value }) => after.accounts.get(key)?.appPasswords.set(idIn(value), access))
    })
  const input = { label: 'a program', access, currentPassword }
  return { actor, hostWindow: false, procedure: 'appPasswords.create', input, judge }
}

/** `appPasswords.revoke`: by whoever may end that account's sessions. */
export function revoke(makings: Makings): Act {
  const { state, dice } = makings
  const all = [...state.accounts.values()].flatMap(({ key, appPasswords }) =>
    [...appPasswords.keys()].map((id) => ({ key, id })),
  )
  const { key, id } = all.length > 0 ? dice.pick(all) : { key: 0, id: 999_999 }
  const actor = actorWith(makings, (account) => account.key === key || account.superAdmin)
  const judge = (at: State) =>
    verdict(at, { actor, gate: { operator: true } }, () => {
      if (!at.accounts.get(key)?.appPasswords.has(id) || !mayTouch(at, actor, key))
        return refused('not_found')
      return allowed((after) => after.accounts.get(key)?.appPasswords.delete(id))
    })
  return { actor, hostWindow: false, procedure: 'appPasswords.revoke', input: { id }, judge }
}

/** `appPasswords.list`, also of others. */
export function list(makings: Makings): Act {
  const { dice } = makings
  const actor = actorWith(makings, () => true)
  const target = dice.in100(75) ? anyTarget(makings, actor) : undefined
  const judge = (state: State) =>
    verdict(state, { actor, gate: { operator: true } }, () => {
      const by = standingOf(state, actor)
      const key = target?.key ?? (by.kind === 'account' ? by.account.key : undefined)
      if (key === undefined) return refused('invalid')
      if (!mayTouch(state, actor, key)) return refused('not_found')
      return allowed((_, { value }) => {
        const told = value as { appPasswords: { id: number; access: string }[] } // parsed by this procedure's schema
        const found = told.appPasswords.map(({ id, access }) => `${id} ${access}`)
        const expected = [...(state.accounts.get(key)?.appPasswords ?? [])].map(([id, how]) => `${id} ${how}`)
        if (found.toSorted().join() !== expected.toSorted().join())
          throw new Error(`${found} are listed instead of ${expected}`)
      })
    })
  const input = { ...(target && { accountId: target.id }) }
  return { actor, hostWindow: false, procedure: 'appPasswords.list', input, judge }
}
