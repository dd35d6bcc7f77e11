import { eq } from 'drizzle-orm'
import { accounts, appPasswords } from '../../../electron/db/schema.ts'
import { codeOf } from '../../support/totp.ts'
import { ACCOUNTS, ADMINISTRATORS, nothing, type Row, SUPER_ADMINS } from '../outcomes.ts'
import { PASSWORD, type Who, type World } from '../world.ts'

const OWN_OR_REACHED = {
  ...ACCOUNTS,
  guest: 'not_found',
  viewer: 'not_found',
  user: 'not_found',
  operator: 'ok',
} as const

/** Begins anew for whoever may; answers the seed. */
async function begun({ get, services, callers, idOf }: World, who: Who): Promise<string | null> {
  if (ACCOUNTS[who] !== 'ok') return null
  const off = { totpSecret: null, totpLastStep: null }
  await services.db.write((tx) =>
    tx
      .update(accounts)
      .set(off)
      .where(eq(accounts.id, idOf(who))),
  )
  return (await get(callers[who], 'totp.begin', { currentPassword: PASSWORD })).secret
}

/** Switches it on for whoever may; the password and a next code then prove who it is. */
async function proof(world: World, who: Who) {
  const seed = await begun(world, who)
  const now = world.services.clock()
  if (seed) await world.get(world.callers[who], 'totp.confirm', { code: codeOf(seed, now) })
  return { currentPassword: PASSWORD, code: seed ? codeOf(seed, now, 1) : '123456' }
}

async function appPasswordOf({ services: { db } }: World, accountId: number): Promise<number> {
  const row = {
    accountId,
    label: 'rclone',
    access: 'read-only',
    tokenHash: `${Math.random()}`,
    createdAt: 1,
  } as const
  const [made] = await db.write((tx) => tx.insert(appPasswords).values(row).returning())
  return made?.id ?? 0
}

export const secondFactorRows: Row[] = [
  { procedure: 'totp.status', input: nothing, expect: ACCOUNTS },
  {
    procedure: 'totp.begin',
    input: async (world, who) => {
      await begun(world, who)
      return { currentPassword: PASSWORD }
    },
    expect: ACCOUNTS,
  },
  {
    procedure: 'totp.confirm',
    input: async (world, who) => {
      const seed = await begun(world, who)
      return { code: seed ? codeOf(seed, world.services.clock()) : '123456' }
    },
    expect: ACCOUNTS,
  },
  { procedure: 'totp.renewCodes', input: proof, expect: ACCOUNTS },
  { procedure: 'totp.disable', input: proof, expect: ACCOUNTS },
  {
    procedure: 'totp.clear',
    object: "a user's",
    input: async ({ disposable }) => ({ accountId: await disposable() }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'totp.clear',
    object: "a super admin's",
    input: async ({ disposable }) => ({ accountId: await disposable({ superAdmin: true }) }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'totp.clear',
    object: "an admin's",
    input: async ({ disposable }) => ({ accountId: await disposable({ role: 'admin' }) }),
    expect: SUPER_ADMINS,
  },
  {
    procedure: 'totp.clear',
    object: 'own',
    input: async ({ idOf, disposable }, who) => ({ accountId: idOf(who) || (await disposable()) }),
    expect: { ...ADMINISTRATORS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  {
    procedure: 'accounts.changePassword',
    object: "another's, with the second factor",
    input: async ({ disposable }) => ({
      id: await disposable(),
      password: 'another mantelpiece',
      currentPassword: PASSWORD,
      clearTotp: true,
    }),
    expect: { ...OWN_OR_REACHED, mustChange: 'not_found', admin: 'forbidden', operator: 'ok' },
  },
  {
    procedure: 'appPasswords.create',
    input: () => ({ label: 'rclone', access: 'read-only', currentPassword: PASSWORD }),
    expect: { ...ACCOUNTS, guest: 'forbidden', viewer: 'forbidden' },
  },
  {
    procedure: 'appPasswords.list',
    object: 'own',
    input: nothing,
    expect: { ...ACCOUNTS, operator: 'invalid' },
  },
  {
    procedure: 'appPasswords.list',
    object: "another account's",
    input: ({ olgaId }) => ({ accountId: olgaId }),
    expect: OWN_OR_REACHED,
  },
  {
    procedure: 'appPasswords.list',
    object: "a super admin's",
    input: async ({ disposable }) => ({ accountId: await disposable({ superAdmin: true }) }),
    expect: { ...OWN_OR_REACHED, admin: 'not_found' },
  },
  {
    procedure: 'appPasswords.revoke',
    object: "another account's",
    input: async (world) => ({ id: await appPasswordOf(world, world.olgaId) }),
    expect: OWN_OR_REACHED,
  },
  {
    procedure: 'appPasswords.revoke',
    object: "a super admin's",
    input: async (world) => ({ id: await appPasswordOf(world, world.idOf('super')) }),
    expect: { ...OWN_OR_REACHED, admin: 'not_found' },
  },
]
