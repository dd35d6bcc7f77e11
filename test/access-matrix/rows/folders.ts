import { eq } from 'drizzle-orm'
import { OPERATOR } from '../../../electron/access/principal.ts'
import { areas } from '../../../electron/db/schema.ts'
import { ADMIN_ACCOUNTS, ADMINISTRATORS, nothing, type Row } from '../outcomes.ts'

export const folderRows: Row[] = [
  { procedure: 'folders.list', input: nothing, expect: ADMINISTRATORS },
  {
    procedure: 'folders.add',
    object: 'from elsewhere than the host window',
    input: async ({ freshFolder }) => ({ path: await freshFolder() }),
    expect: { ...ADMINISTRATORS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
  {
    procedure: 'folders.remove',
    input: async ({ services, freshFolder }) => ({
      id: await services.folders.register(await freshFolder(), OPERATOR),
    }),
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'folders.remove',
    object: 'one that is granted',
    input: ({ areas }) => ({ id: areas.foreign }),
    expect: {
      ...ADMINISTRATORS,
      admin: 'conflict',
      super: 'conflict',
      unknownRoleWithFlag: 'conflict',
      operator: 'conflict',
    },
  },
  {
    procedure: 'folders.accept',
    object: 'one that was braked',
    input: async ({ services, freshFolder }) => {
      const id = await services.folders.register(await freshFolder(), OPERATOR)
      const braked = { status: 'offline', statusReason: 'many_vanished', vanishedCount: 60 } as const
      await services.db.write((tx) => tx.update(areas).set(braked).where(eq(areas.id, id)))
      return { id }
    },
    expect: ADMINISTRATORS,
  },
  {
    procedure: 'folders.accept',
    object: 'one that waits for nothing',
    input: ({ areas }) => ({ id: areas.foreign }),
    expect: {
      ...ADMINISTRATORS,
      admin: 'conflict',
      super: 'conflict',
      unknownRoleWithFlag: 'conflict',
      operator: 'conflict',
    },
  },
  { procedure: 'folders.browse', object: 'the roots', input: nothing, expect: ADMIN_ACCOUNTS },
  {
    procedure: 'folders.browse',
    object: 'outside the roots',
    input: () => ({ path: '/' }),
    expect: { ...ADMIN_ACCOUNTS, admin: 'invalid', super: 'invalid', unknownRoleWithFlag: 'invalid' },
  },
  {
    procedure: 'folders.pick',
    object: 'from elsewhere than the host window',
    input: nothing,
    expect: { ...ADMIN_ACCOUNTS, admin: 'forbidden', super: 'forbidden', unknownRoleWithFlag: 'forbidden' },
  },
]
