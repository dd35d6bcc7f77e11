import { ACCOUNTS, ADMIN_ACCOUNTS, alsoViewing, everyone, nothing, type Row } from '../outcomes.ts'
import { PASSWORD } from '../world.ts'

/** Whoever sits in an open session. */
const SEATED = alsoViewing({ ...ACCOUNTS, mustChange: 'ok' })

/** Of accounts, admins alone find what is another's; so does the operator. */
const STRANGERS: Row['expect'] = {
  ...ACCOUNTS,
  guest: 'not_found',
  viewer: 'not_found',
  user: 'not_found',
  operator: 'ok',
}

export const sessionRows: Row[] = [
  {
    procedure: 'session.login',
    input: (_, who) => ({ username: `nobody-${who}`, password: 'x' }),
    expect: everyone('unauthenticated'),
  },
  { procedure: 'session.known', input: nothing, expect: everyone('ok') },
  { procedure: 'session.lock', input: nothing, expect: SEATED },
  {
    procedure: 'session.unlock',
    input: () => ({ password: PASSWORD }),
    expect: {
      ...everyone('forbidden'),
      anonymous: 'unauthenticated',
      visitor: 'unauthenticated',
      disabled: 'unauthenticated',
      unknownRole: 'unauthenticated',
      locked: 'ok',
    },
  },
  // no door of the table's callers remembers any
  { procedure: 'session.resume', input: () => ({ username: 'olga' }), expect: everyone('unauthenticated') },
  { procedure: 'session.me', input: nothing, expect: SEATED },
  { procedure: 'session.logout', input: nothing, expect: { ...SEATED, locked: 'ok' } },
  { procedure: 'session.leave', input: nothing, expect: { ...SEATED, locked: 'ok' } },
  {
    procedure: 'session.viewAs',
    object: 'a user',
    input: ({ olgaId }) => ({ accountId: olgaId }),
    expect: ADMIN_ACCOUNTS,
  },
  {
    procedure: 'session.viewAs',
    object: 'an admin',
    input: async ({ disposable }) => ({ accountId: await disposable({ role: 'admin' }) }),
    expect: { ...ADMIN_ACCOUNTS, admin: 'forbidden' },
  },
  {
    procedure: 'session.viewAs',
    object: 'a super admin',
    input: async ({ disposable }) => ({ accountId: await disposable({ superAdmin: true }) }),
    expect: { ...ADMIN_ACCOUNTS, admin: 'forbidden' },
  },
  {
    procedure: 'session.viewAs',
    object: 'own account',
    input: ({ idOf }, who) => ({ accountId: idOf(who) || 1 }),
    expect: { ...ADMIN_ACCOUNTS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  {
    procedure: 'session.viewAs',
    object: 'an account with a role that gives no access',
    input: ({ idOf }) => ({ accountId: idOf('unknownRole') }),
    expect: { ...ADMIN_ACCOUNTS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  { procedure: 'session.stopViewing', input: nothing, expect: SEATED },
  { procedure: 'sessions.list', object: 'own', input: nothing, expect: { ...ACCOUNTS, operator: 'ok' } },
  {
    procedure: 'sessions.list',
    object: "another account's",
    input: ({ olgaId }) => ({ accountId: olgaId }),
    expect: STRANGERS,
  },
  {
    procedure: 'sessions.list',
    object: "a super admin's",
    input: async ({ disposable }) => ({ accountId: await disposable({ superAdmin: true }) }),
    expect: { ...STRANGERS, admin: 'not_found' },
  },
  {
    procedure: 'sessions.revoke',
    object: "another account's",
    input: async ({ sessionOf, olgaId }) => ({ id: await sessionOf(olgaId) }),
    expect: STRANGERS,
  },
  {
    procedure: 'sessions.revoke',
    object: "a super admin's",
    input: async ({ sessionOf, idOf }) => ({ id: await sessionOf(idOf('super')) }),
    expect: { ...STRANGERS, admin: 'not_found' },
  },
  { procedure: 'setup.status', input: nothing, expect: everyone('ok') },
  {
    procedure: 'setup.create',
    object: 'when set up',
    input: ({ services }) => ({ code: services.setupCode.code, username: 'second', password: PASSWORD }),
    expect: everyone('conflict'),
  },
  { procedure: 'setup.pickFolder', object: 'when set up', input: nothing, expect: everyone('conflict') },
  { procedure: 'setup.finish', input: nothing, expect: ACCOUNTS },
]
