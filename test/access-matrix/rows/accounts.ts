import { ACCOUNTS, ADMINISTRATORS, everyone, nothing, type Row, SUPER_ADMINS } from '../outcomes.ts'
import { PASSWORD } from '../world.ts'

export const accountRows: Row[] = [
  { procedure: 'accounts.list', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'roles.list', input: nothing, expect: ADMINISTRATORS },
  {
    procedure: 'registration.create',
    object: 'while it is closed',
    input: () => ({ username: 'newcomer', name: 'Nora', password: PASSWORD }),
    expect: everyone('forbidden'),
  },
  {
    procedure: 'registration.create',
    object: 'with a role',
    input: () => ({ username: 'newcomer', name: 'Nora', password: PASSWORD, role: 'admin' }),
    expect: everyone('invalid'),
  },
  {
    procedure: 'registration.create',
    object: 'while it is open',
    input: async ({ get, callers }, who) => {
      await get(callers.operator, 'flags.set', { flags: { registration: true } })
      return { username: `signs.up.${who.toLowerCase()}`, name: 'Nora', password: PASSWORD }
    },
    expect: everyone('ok'),
  },
  {
    procedure: 'accounts.create',
    object: 'a user',
    input: (_, who) => ({ username: `made.by.${who.toLowerCase()}`, password: PASSWORD, role: 'user' }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.create',
    object: 'a super admin',
    input: (_, who) => ({
      username: `super.by.${who.toLowerCase()}`,
      password: PASSWORD,
      role: 'user',
      superAdmin: true,
    }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.create',
    object: 'with a folder of the host that the household does not know',
    input: async ({ freshFolder }, who) => ({
      username: `folder.by.${who.toLowerCase()}`,
      password: PASSWORD,
      role: 'user',
      folders: [{ path: await freshFolder(), access: 'read-only' }],
    }),
    expect: { ...ADMINISTRATORS, admin: 'invalid', super: 'invalid', unknownRoleWithFlag: 'invalid' },
  },
  {
    procedure: 'accounts.update',
    object: 'a user',
    input: async ({ disposable }) => ({ id: await disposable(), note: 'changed', role: 'viewer' }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.update',
    object: 'a super admin',
    input: async ({ disposable }) => ({ id: await disposable({ superAdmin: true }), note: 'changed' }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.update',
    object: 'the flag',
    input: async ({ disposable }) => ({ id: await disposable(), superAdmin: true }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.update',
    object: 'a password',
    input: async ({ disposable }) => ({ id: await disposable(), password: 'another mantelpiece' }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.update',
    object: 'own login switch',
    input: async ({ idOf, disposable }, who) => ({ id: idOf(who) || (await disposable()), mayLogIn: false }),
    expect: { ...ADMINISTRATORS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  {
    procedure: 'accounts.update',
    object: 'own role',
    input: async ({ idOf, disposable }, who) => ({ id: idOf(who) || (await disposable()), role: 'viewer' }),
    expect: { ...ADMINISTRATORS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  {
    procedure: 'accounts.remove',
    object: 'own account',
    input: async ({ idOf, disposable }, who) => ({ id: idOf(who) || (await disposable()) }),
    expect: { ...ADMINISTRATORS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  {
    procedure: 'accounts.preview',
    object: "another account's",
    input: ({ olgaId, folders }) => ({ id: olgaId, folders: [{ path: folders.own, access: 'read-only' }] }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.preview',
    object: "a super admin's",
    input: async ({ disposable, folders }) => ({
      id: await disposable({ superAdmin: true }),
      folders: [{ path: folders.own, access: 'read-only' }],
    }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.preview',
    object: 'a folder that is not offered',
    input: async ({ freshFolder }) => ({ folders: [{ path: await freshFolder(), access: 'read-only' }] }),
    expect: { ...ADMINISTRATORS, admin: 'invalid', super: 'invalid', unknownRoleWithFlag: 'invalid' },
  },
  {
    procedure: 'accounts.remove',
    object: 'a user',
    input: async ({ disposable }) => ({ id: await disposable() }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.remove',
    object: 'a super admin',
    input: async ({ disposable }) => ({ id: await disposable({ superAdmin: true }) }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.changePassword',
    object: "another's, without the current one",
    input: async ({ disposable }) => ({ id: await disposable(), password: 'another mantelpiece' }),
    expect: {
      ...ACCOUNTS,
      mustChange: 'not_found',
      guest: 'not_found',
      viewer: 'not_found',
      user: 'not_found',
      admin: 'invalid',
      operator: 'ok',
    },
  },
  {
    procedure: 'accounts.changePassword',
    object: "another's, with the current one",
    input: async ({ disposable }) => ({
      id: await disposable(),
      password: 'another mantelpiece',
      currentPassword: PASSWORD,
    }),
    expect: {
      ...ACCOUNTS,
      mustChange: 'not_found',
      guest: 'not_found',
      viewer: 'not_found',
      user: 'not_found',
      operator: 'ok',
    },
  },
  {
    procedure: 'accounts.changePassword',
    object: "a super admin's, with the current one",
    input: async ({ disposable }) => ({
      id: await disposable({ superAdmin: true }),
      password: 'another mantelpiece',
      currentPassword: PASSWORD,
    }),
    expect: {
      ...ACCOUNTS,
      mustChange: 'not_found',
      guest: 'not_found',
      viewer: 'not_found',
      user: 'not_found',
      admin: 'forbidden',
      operator: 'ok',
    },
  },
]
