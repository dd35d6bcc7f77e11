import { ADMINISTRATORS, nothing, type Row, SUPER_ADMINS } from '../outcomes.ts'
import type { World } from '../world.ts'

/** An account to be restored or purged by one cell alone. */
async function removed({ disposable, get, callers }: World, options: object = {}): Promise<number> {
  const id = await disposable(options)
  await get(callers.operator, 'accounts.remove', { id })
  return id
}

/** A super admin's deleted account is hidden from other admins. */
const HIDDEN_SUPER = { ...ADMINISTRATORS, admin: 'not_found' } as const

export const removalRows: Row[] = [
  {
    procedure: 'accounts.remove',
    object: 'a user, their albums to another',
    input: async ({ disposable, olgaId }) => ({
      id: await disposable(),
      mode: 'transfer',
      transferTo: olgaId,
    }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.remove',
    object: 'a user, their albums to a super admin',
    input: async ({ disposable }) => ({
      id: await disposable(),
      mode: 'transfer',
      transferTo: await disposable({ superAdmin: true }),
    }),
    expect: { ...ADMINISTRATORS, admin: 'invalid' },
  },
  {
    procedure: 'accounts.remove',
    object: 'a user, at once',
    input: async ({ disposable }) => ({ id: await disposable(), mode: 'now' }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.remove',
    object: 'a super admin, at once',
    input: async ({ disposable }) => ({ id: await disposable({ superAdmin: true }), mode: 'now' }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.previewRemove',
    object: 'a user',
    input: ({ olgaId }) => ({ id: olgaId }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.previewRemove',
    object: 'a super admin',
    input: async ({ disposable }) => ({ id: await disposable({ superAdmin: true }) }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'accounts.previewRemove',
    object: 'own account',
    input: ({ idOf, olgaId }, who) => ({ id: idOf(who) || olgaId }),
    expect: { ...ADMINISTRATORS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  { procedure: 'accounts.removed', input: nothing, expect: ADMINISTRATORS },
  {
    procedure: 'accounts.restore',
    object: 'a user',
    input: async (world) => ({ id: await removed(world) }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.restore',
    object: 'a super admin',
    input: async (world) => ({ id: await removed(world, { superAdmin: true }) }),
    expect: HIDDEN_SUPER,
  },
  {
    procedure: 'accounts.restore',
    object: 'somebody who is not deleted',
    input: ({ olgaId }) => ({ id: olgaId }),
    expect: {
      ...ADMINISTRATORS,
      admin: 'not_found',
      super: 'not_found',
      unknownRoleWithFlag: 'not_found',
      operator: 'not_found',
    },
  },
  {
    procedure: 'accounts.purge',
    object: 'a user',
    input: async (world) => ({ id: await removed(world) }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'accounts.purge',
    object: 'a super admin',
    input: async (world) => ({ id: await removed(world, { superAdmin: true }) }),
    expect: HIDDEN_SUPER,
  },
]
