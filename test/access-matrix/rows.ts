import { eq } from 'drizzle-orm'
import type { ErrorCode } from '../../electron/contract/errors.ts'
import { MEDIA_KINDS } from '../../electron/contract/photos.ts'
import { areas } from '../../electron/db/schema.ts'
import { PASSWORD, PHOTOS, type PhotoName, type Who, type World } from './world.ts'

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
} as const

const ACCOUNTS: Record<Who, Outcome> = {
  ...NOBODY,
  visitor: 'forbidden',
  operator: 'forbidden',
  guest: 'ok',
  viewer: 'ok',
  user: 'ok',
  admin: 'ok',
  super: 'ok',
  unknownRoleWithFlag: 'ok',
}

const LIBRARY: Record<Who, Outcome> = { ...ACCOUNTS, guest: 'forbidden' }
const OWN_JOBS: Record<Who, Outcome> = { ...LIBRARY, viewer: 'forbidden', operator: 'ok' }
const ADMINISTRATORS: Record<Who, Outcome> = { ...OWN_JOBS, user: 'forbidden' }
const ADMIN_ACCOUNTS: Record<Who, Outcome> = { ...ADMINISTRATORS, operator: 'forbidden' }
const SUPER_ADMINS: Record<Who, Outcome> = { ...ADMINISTRATORS, admin: 'forbidden' }

const everyone = (outcome: Outcome): Record<Who, Outcome> => ({
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
  operator: outcome,
})

const nothing = () => ({})

/** What members may look at by id. The guest has the folders granted too, but its role sees no library. */
function photoOutcomes(name: PhotoName): Record<Who, Outcome> {
  const hidden: Record<Who, Outcome> = { ...ACCOUNTS, guest: 'not_found', viewer: 'not_found' }
  if (name === 'foreign') return { ...hidden, user: 'not_found' }
  return name === 'own' || name === 'shared' ? { ...ACCOUNTS, guest: 'not_found' } : hidden
}

const photoRows = (procedure: string, extra: object): Row[] =>
  PHOTOS.map((name) => ({
    procedure,
    object: [name, ...Object.values(extra)].join(' '),
    input: (world) => ({ id: world.photo[name], ...extra }),
    expect: photoOutcomes(name),
  }))

const sessionRows: Row[] = [
  {
    procedure: 'session.login',
    input: (_, who) => ({ username: `nobody-${who}`, password: 'x' }),
    expect: everyone('unauthenticated'),
  },
  { procedure: 'session.known', input: nothing, expect: everyone('ok') },
  { procedure: 'session.me', input: nothing, expect: ACCOUNTS },
  { procedure: 'session.logout', input: nothing, expect: ACCOUNTS },
  { procedure: 'sessions.list', object: 'own', input: nothing, expect: ACCOUNTS },
  {
    procedure: 'sessions.list',
    object: "another account's",
    input: ({ olgaId }) => ({ accountId: olgaId }),
    expect: { ...ACCOUNTS, guest: 'not_found', viewer: 'not_found', user: 'not_found' },
  },
  {
    procedure: 'sessions.revoke',
    object: "another account's",
    input: async ({ sessionOf, olgaId }) => ({ id: await sessionOf(olgaId) }),
    expect: { ...ACCOUNTS, guest: 'not_found', viewer: 'not_found', user: 'not_found' },
  },
  {
    procedure: 'sessions.revoke',
    object: "a super admin's",
    input: async ({ sessionOf, idOf }) => ({ id: await sessionOf(idOf('super')) }),
    expect: { ...ACCOUNTS, guest: 'not_found', viewer: 'not_found', user: 'not_found', admin: 'not_found' },
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

const accountRows: Row[] = [
  { procedure: 'accounts.list', input: nothing, expect: ADMINISTRATORS },
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
    procedure: 'accounts.preview',
    object: "another account's",
    input: ({ olgaId, folders }) => ({ id: olgaId, folders: [{ path: folders.own, access: 'read-only' }] }),
    expect: ADMINISTRATORS,
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
    expect: { ...ACCOUNTS, guest: 'not_found', viewer: 'not_found', user: 'not_found', operator: 'ok' },
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
      guest: 'not_found',
      viewer: 'not_found',
      user: 'not_found',
      admin: 'forbidden',
      operator: 'ok',
    },
  },
]

const folderRows: Row[] = [
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
      id: await services.folders.register(await freshFolder()),
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
      const id = await services.folders.register(await freshFolder())
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

const libraryRows: Row[] = [
  { procedure: 'timeline.months', input: nothing, expect: LIBRARY },
  { procedure: 'timeline.month', input: () => ({ month: '2026-01' }), expect: LIBRARY },
  ...photoRows('photos.get', {}),
  ...MEDIA_KINDS.flatMap((kind) => photoRows('media.open', { kind, version: '1' })),
]

/** A job of that area, to be looked at by one cell alone. */
const jobOf = (area: 'own' | 'foreign') => async (world: World) => ({
  id: await world.services.jobs.scan(world.areas[area], { kind: 'system' }),
})

const jobRows: Row[] = [
  { procedure: 'jobs.list', input: nothing, expect: OWN_JOBS },
  {
    procedure: 'jobs.scan',
    object: 'own',
    input: ({ areas }) => ({ folderIds: [areas.own] }),
    expect: OWN_JOBS,
  },
  {
    procedure: 'jobs.scan',
    object: 'foreign',
    input: ({ areas }) => ({ folderIds: [areas.foreign] }),
    expect: { ...OWN_JOBS, user: 'not_found' },
  },
  ...['jobs.failures', 'jobs.pause', 'jobs.resume', 'jobs.cancel', 'jobs.retry'].flatMap(
    (procedure): Row[] => [
      { procedure, object: 'own', input: jobOf('own'), expect: OWN_JOBS },
      { procedure, object: 'foreign', input: jobOf('foreign'), expect: { ...OWN_JOBS, user: 'not_found' } },
    ],
  ),
]

const settingsRows: Row[] = [
  { procedure: 'settings.get', input: nothing, expect: ACCOUNTS },
  { procedure: 'settings.set', input: () => ({ theme: 'dark' }), expect: ACCOUNTS },
  { procedure: 'settings.library', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'settings.setLibrary', input: () => ({ watch: true }), expect: ADMINISTRATORS },
]

/** The expected table. A procedure without a row here fails the test. */
export const ROWS: readonly Row[] = [
  ...sessionRows,
  ...accountRows,
  ...folderRows,
  ...libraryRows,
  ...jobRows,
  ...settingsRows,
]
