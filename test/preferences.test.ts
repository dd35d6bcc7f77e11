import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import type { Caller } from '../electron/api/caller.ts'
import { BUILT_IN_PREFERENCES } from '../electron/contract/settings.ts'
import { accountSettings, accounts, settings } from '../electron/db/schema.ts'
import { callerOf, openTestHousehold } from './support/household.ts'

const password = 'a quiet mantelpiece'

/** Ada and Sam are super admins, Ben an admin, Rose a viewer. */
async function open() {
  const household = await openTestHousehold()
  onTestFinished(() => household.close())
  const operator = callerOf(OPERATOR)
  const join = async (username: string, role: 'admin' | 'viewer', superAdmin: boolean) => {
    const { id } = await household.get(operator, 'accounts.create', { username, password, role, superAdmin })
    return { id, caller: await household.as(id) }
  }
  const people = {
    ada: await join('ada', 'admin', true),
    sam: await join('sam', 'viewer', true),
    ben: await join('ben', 'admin', false),
    rose: await join('rose', 'viewer', false),
  }
  const told: string[] = []
  for (const [name, { caller }] of Object.entries(people))
    household.services.hints.subscribe(caller.principal, ({ topic }) => {
      if (topic === 'settings') told.push(name)
    })
  /** Who is told of the last change. */
  const whoIsTold = async () => {
    await vi.waitUntil(() => told.length > 0)
    // all that concerns them is handed out in one go
    await new Promise((done) => setTimeout(done, 0))
    return told.splice(0)
  }
  const look = (caller: Caller) => household.get(caller, 'settings.get', {})
  const set = (caller: Caller, input: Record<string, unknown>) =>
    household.call(caller, 'settings.set', input)
  const themeOf = async (caller: Caller) => {
    const { preferences, inherited } = await look(caller)
    return `${preferences.theme}${inherited.theme ? ' (inherited)' : ''}`
  }
  return { ...household, ...people, whoIsTold, look, set, themeOf }
}

test('who has chosen nothing gets what is built in, and may set no defaults unless super admin', async () => {
  const { look, ada, ben, rose } = await open()
  const inherited = {
    theme: true,
    language: true,
    density: true,
    dateFormat: true,
    startPage: true,
    slideshow: true,
  }
  const untouched = { preferences: BUILT_IN_PREFERENCES, inherited, defaults: BUILT_IN_PREFERENCES }
  expect(await look(ada.caller)).toEqual({ ...untouched, maySetDefaults: true })
  expect(await look(ben.caller)).toEqual({ ...untouched, maySetDefaults: false })
  expect(await look(rose.caller)).toEqual({ ...untouched, maySetDefaults: false })
})

test('a super admin’s choice holds for everyone who has not chosen', async () => {
  const { get, set, look, themeOf, ada, sam, ben, rose, whoIsTold } = await open()
  await set(rose.caller, { theme: 'light' })
  expect(await whoIsTold()).toEqual(['rose'])
  await set(ada.caller, { theme: 'dark', density: 'compact' })
  expect(await whoIsTold()).toEqual(['ada', 'sam', 'ben', 'rose'])
  expect(await themeOf(ada.caller)).toBe('dark')
  expect(await themeOf(sam.caller)).toBe('dark (inherited)')
  expect(await themeOf(ben.caller)).toBe('dark (inherited)')
  expect(await themeOf(rose.caller)).toBe('light')
  expect((await get(ben.caller, 'session.me', {})).preferences).toMatchObject({
    theme: 'dark',
    density: 'compact',
    language: 'system',
  })
  // the own choice goes, the household's stays
  await set(rose.caller, { theme: null })
  expect(await themeOf(rose.caller)).toBe('dark (inherited)')
  // somebody with the flag is a super admin under any role
  await set(sam.caller, { theme: 'light' })
  expect((await look(ben.caller)).defaults.theme).toBe('light')
  expect(await themeOf(ada.caller)).toBe('dark')
})

test('with the tick box cleared a choice stays private', async () => {
  const { set, themeOf, ada, ben, whoIsTold } = await open()
  await set(ada.caller, { theme: 'dark', alsoDefault: false })
  expect(await whoIsTold()).toEqual(['ada'])
  expect(await themeOf(ada.caller)).toBe('dark')
  expect(await themeOf(ben.caller)).toBe('system (inherited)')
})

test('a reset takes the default back to what is built in, or leaves it where the box is cleared', async () => {
  const { set, themeOf, ada, ben, services } = await open()
  await set(ada.caller, { theme: 'dark' })
  await set(ada.caller, { theme: null, alsoDefault: false })
  expect(await themeOf(ada.caller)).toBe('dark (inherited)')
  expect(await themeOf(ben.caller)).toBe('dark (inherited)')
  await set(ada.caller, { theme: null })
  expect(await themeOf(ben.caller)).toBe('system (inherited)')
  expect(await services.db.read.select().from(settings).where(eq(settings.key, 'default.theme'))).toEqual([])
})

test('nobody else makes defaults', async () => {
  const { set, themeOf, look, ada, ben, rose } = await open()
  const refused = { ok: false, error: { code: 'forbidden', reason: 'super_admin_only' } }
  for (const { caller } of [ben, rose]) {
    expect(await set(caller, { theme: 'dark', alsoDefault: true })).toMatchObject(refused)
    expect(await set(caller, { theme: 'dark' })).toMatchObject({ ok: true })
    await set(caller, { language: 'de', alsoDefault: false })
  }
  expect((await look(ada.caller)).defaults).toEqual(BUILT_IN_PREFERENCES)
  expect(await themeOf(ada.caller)).toBe('system (inherited)')
})

test('a super admin who lost the flag meanwhile changes nothing', async () => {
  const { set, look, services, ada, ben } = await open()
  const demote = { superAdmin: false }
  await services.db.write((tx) => tx.update(accounts).set(demote).where(eq(accounts.id, ada.id)))
  expect(await set(ada.caller, { theme: 'dark' })).toMatchObject({
    ok: false,
    error: { code: 'unauthenticated' },
  })
  expect((await look(ben.caller)).defaults.theme).toBe('system')
  expect(await services.db.read.select().from(accountSettings)).toEqual([])
})

test('a value that this version does not know counts as not chosen, an account’s and the household’s', async () => {
  const { look, services, ada } = await open()
  await services.db.write(async (tx) => {
    await tx.insert(accountSettings).values([
      { accountId: ada.id, key: 'theme', value: 'sepia' },
      { accountId: ada.id, key: 'slideshow', value: 'fast' },
      { accountId: ada.id, key: 'density', value: 'large' },
    ])
    await tx.insert(settings).values([
      { key: 'default.theme', value: { night: 'dark' } },
      { key: 'default.dateFormat', value: 'iso' },
      { key: 'default.startPage', value: 'albums' },
    ])
  })
  expect(await look(ada.caller)).toMatchObject({
    preferences: {
      theme: 'system',
      language: 'system',
      density: 'large',
      dateFormat: 'iso',
      startPage: 'photos',
    },
    inherited: { theme: true, density: false, dateFormat: true },
  })
})

test('what is no preference, or no value of one, is refused at its field', async () => {
  const { set, ada, look } = await open()
  const fields = async (input: Record<string, unknown>) => {
    const result = await set(ada.caller, input)
    return result.ok ? 'accepted' : result.error.fields
  }
  expect(await fields({ theme: 'sepia' })).toEqual({ theme: 'malformed' })
  expect(await fields({ density: 7 })).toEqual({ density: 'malformed' })
  expect(await fields({ mapStyle: 'night' })).toEqual({ mapStyle: 'unknown_key' })
  expect(await fields({ theme: 'dark', accountId: 1 })).toEqual({ accountId: 'unknown_key' })
  expect(await fields({ theme: 'dark', alsoDefault: 'yes' })).toEqual({ alsoDefault: 'malformed' })
  expect((await look(ada.caller)).preferences).toEqual(BUILT_IN_PREFERENCES)
})
