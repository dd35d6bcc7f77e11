import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bytesRouter } from '../electron/api/media.ts'
import { router } from '../electron/api/router.ts'
import type { Topic } from '../electron/contract/events.ts'
import { principalOf } from '../electron/domain/accounts/sessions.ts'
import { makeWorld, PHOTOS, type World } from './access-matrix/world.ts'
import { type AccountsHousehold, openAccountsHousehold, operator, PASSWORD } from './support/accounts.ts'

const procedures = { ...router, ...bytesRouter }
/** Open to the world, and what ends or locks the viewer's own session. */
const BESIDE = ['anyone', 'seated', 'anySession']

describe('over a library', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
  }, 60_000)
  afterAll(() => world.close())

  const isOpen = (name: string) =>
    procedures[name as keyof typeof procedures].allow.name.startsWith('seenThrough')

  test('every procedure that is not opened refuses, whatever is asked of it', async () => {
    const refused = Object.entries(procedures).filter(
      ([name, { allow }]) => !isOpen(name) && !BESIDE.includes(allow.name),
    )
    expect(refused.length).toBeGreaterThan(30)
    for (const [name] of refused) {
      const { error } = (await world.call(world.callers.viewing, name, {})) as { error?: object }
      // who has to be locked to call it is told nothing more
      expect(error, name).toMatchObject({ code: 'forbidden', reason: 'viewing_only' })
    }
  })

  /** What everything that is opened answers a caller, by procedure and input. */
  async function everythingSeen(who: 'viewing' | 'user' | 'viewer' | 'guest', caller = world.callers[who]) {
    const seen: Record<string, unknown> = {}
    const see = async (name: string, input: object = {}) => {
      seen[`${name} ${JSON.stringify(input)}`] = await world.call(caller, name, input)
    }
    for (const name of ['timeline.months', 'jobs.list', 'flags.get', 'settings.get']) await see(name)
    for (const view of ['mine', 'everyone', { accountId: world.olgaId }] as const) {
      await see('timeline.months', { view })
      await see('timeline.month', { month: '2026-11', view })
    }
    const { months } = (await world
      .call(caller, 'timeline.months', {})
      .then((result) => (result.ok ? result.value : { months: [] }))) as { months: { month: string }[] }
    for (const { month } of months) await see('timeline.month', { month })
    for (const name of PHOTOS) {
      await see('photos.get', { id: world.photo[name] })
      for (const kind of ['thumb', 'preview'])
        for (const asked of ['media.open', 'media.may'])
          await see(asked, { id: world.photo[name], kind, version: '1' })
    }
    return seen
  }

  /** The same without what may be done: an own account may do things, whoever views as it may not. */
  const without = (seen: Record<string, unknown>) =>
    JSON.parse(
      JSON.stringify(seen, (key, value) =>
        ['may', 'mayOf', 'maySetDefaults'].includes(key) ? undefined : value,
      ),
    )

  test.each(['user', 'viewer', 'guest'] as const)(
    'as a %s it shows what that account itself is shown, to the last byte, and nothing may be done',
    async (who) => {
      const viewing = await world.asViewing(world.idOf('viewing'), world.idOf(who))
      const theirs = await everythingSeen(who)
      const seen = await everythingSeen('viewing', viewing)
      expect(without(seen)).toEqual(without(theirs))
      const mays = JSON.stringify(seen).match(/"may":(\{[^}]*\}|\[[^\]]*\])/g) ?? []
      for (const may of mays) expect(may).not.toMatch(/true/)
      if (who !== 'guest') expect(mays.length).toBeGreaterThan(3)
    },
  )

  test('a super admin who views as an admin sees the household as that one does', async () => {
    const viewing = await world.asViewing(world.idOf('viewing'), world.idOf('admin'))
    for (const view of ['mine', 'everyone'] as const) {
      const own = await world.get(world.callers.admin, 'timeline.months', { view })
      expect(await world.get(viewing, 'timeline.months', { view })).toEqual(own)
    }
    const { may, account } = await world.get(viewing, 'session.me', {})
    expect(account.id).toBe(world.idOf('admin'))
    expect(may).toMatchObject({
      viewHousehold: true,
      administer: false,
      superAdminister: false,
      trash: false,
    })
  })

  test('originals are not handed out', async () => {
    const input = { id: world.photo.own, kind: 'original', version: '1' }
    expect(await world.call(world.callers.user, 'media.open', input)).toMatchObject({ ok: true })
    expect(await world.call(world.callers.viewing, 'media.open', input)).toMatchObject({
      error: { code: 'forbidden' },
    })
  })

  test('nothing is written by it but when the viewer was last seen', async () => {
    await world.idle()
    await everythingSeen('viewing')
    const before = await dump()
    await everythingSeen('viewing')
    for (const name of Object.keys(procedures))
      if (!BESIDE.includes(procedures[name as keyof typeof procedures].allow.name))
        await world.call(world.callers.viewing, name, {})
    expect(await dump()).toEqual(before)
  })

  /** Every row of every table, without the times at which accounts and sessions were last seen. */
  async function dump() {
    const { read } = world.services.db
    const tables = await read.all<{ name: string }>(
      sql`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`,
    )
    const rows: Record<string, string> = {}
    for (const { name } of tables)
      rows[name] = JSON.stringify(await read.all(sql`select * from ${sql.identifier(name)}`), (key, value) =>
        ['last_seen_at', 'last_used_at', 'expires_at'].includes(key) ? undefined : value,
      )
    return rows
  }
})

describe('a session that views', () => {
  let home: AccountsHousehold
  let ada: number
  let ben: number
  let rose: number
  beforeEach(async () => {
    home = await openAccountsHousehold()
    ada = await home.addSuper('ada')
    ben = await home.add('ben', { role: 'admin' })
    rose = await home.add('rose', { role: 'viewer' })
  })
  afterEach(() => home.close())

  /** Somebody's browser that views as Rose. */
  async function viewing(username = 'ada', accountId = rose) {
    const page = home.browser()
    expect(await page.logIn(username, PASSWORD)).toBe('ok')
    expect(await home.outcome(await page.caller(), 'session.viewAs', { accountId })).toBe('ok')
    return page
  }
  type Page = Awaited<ReturnType<typeof viewing>>
  const me = async (page: Page) => home.get(await page.caller(), 'session.me', {})
  const kindOf = async (page: Page) => (await page.caller()).principal.kind
  const change = (input: object) => home.outcome(operator, 'accounts.update', input)

  test('tells whose library it shows and who looks; language and theme stay those of whoever looks', async () => {
    const page = await viewing()
    await home.get(await home.as(ada), 'settings.set', { language: 'de', alsoDefault: false })
    await home.get(await home.as(rose), 'settings.set', { language: 'en' })
    expect(await me(page)).toMatchObject({
      account: { id: rose, username: 'rose' },
      viewing: { by: { id: ada, username: 'ada' } },
      preferences: { language: 'de' },
      pendingCount: 0,
      onboarding: false,
    })
    expect(Object.entries((await me(page)).may).filter(([, held]) => held)).toEqual([
      ['viewLibrary', true],
      ['viewShared', true],
    ])
    expect(await home.outcome(await page.caller(), 'session.stopViewing', {})).toBe('ok')
    expect(await me(page)).toMatchObject({ account: { id: ada }, viewing: null })
    expect(await home.outcome(await page.caller(), 'session.stopViewing', {})).toBe('ok')
  })

  test('is written down each time, and the viewed account finds it in its own log', async () => {
    const page = await viewing()
    expect(await home.outcome(await page.caller(), 'session.viewAs', { accountId: ben })).toBe(
      'forbidden viewing_only',
    )
    await home.outcome(await page.caller(), 'session.stopViewing', {})
    await home.outcome(await page.caller(), 'session.viewAs', { accountId: rose })
    const { entries } = await home.get(operator, 'audit.list', { actions: ['account.viewed'] })
    expect(entries.map(({ actor, object }) => [actor.name, object.name])).toEqual([
      ['ada', 'rose'],
      ['ada', 'rose'],
    ])
    const own = await home.get(await home.as(rose), 'audit.own', {})
    expect(own.entries.filter(({ action }) => action === 'account.viewed').length).toBe(2)
  })

  test.each([
    ['is deleted', async () => home.outcome(operator, 'accounts.remove', { id: rose, mode: 'keep' })],
    ['becomes an admin', async () => change({ id: rose, role: 'admin' })],
    [
      'has a role that gives no access',
      async () =>
        home.services.db
          .write((tx) => tx.run(sql`update accounts set role = 'butler' where id = ${rose}`))
          .then(() => 'ok'),
    ],
  ])('ends for good when the viewed account %s', async (_, happens) => {
    const page = await viewing('ben')
    expect(await happens()).toBe('ok')
    expect(await me(page)).toMatchObject({ account: { id: ben }, viewing: null })
    await expect
      .poll(() => home.services.db.read.all(sql`select id from sessions where viewing_as is not null`))
      .toEqual([])
  })

  test('goes on with the rights that the viewed account has at each request, also when that one may not log in', async () => {
    const page = await viewing()
    expect(await home.outcome(await page.caller(), 'timeline.months', {})).toBe('ok')
    expect(await change({ id: rose, role: 'guest', mayLogIn: false })).toBe('ok')
    expect(await home.outcome(await page.caller(), 'timeline.months', {})).toBe('forbidden')
    expect((await me(page)).viewing).not.toBeNull()
  })

  test('is over with everything else when the viewer is demoted', async () => {
    const page = await viewing('ben')
    await change({ id: ben, role: 'user' })
    expect(await kindOf(page)).toBe('anonymous')
  })

  test('shows its own account once it was locked and unlocked, and again in a new session', async () => {
    const page = await viewing()
    expect(await home.outcome(await page.caller(), 'session.lock', {})).toBe('ok')
    expect(await kindOf(page)).toBe('locked')
    expect(await home.outcome(await page.caller(), 'session.unlock', { password: PASSWORD })).toBe('ok')
    expect(await me(page)).toMatchObject({ account: { id: ada }, viewing: null })
    await home.outcome(await page.caller(), 'session.viewAs', { accountId: rose })
    expect(await home.outcome(await page.caller(), 'session.logout', {})).toBe('ok')
    expect(await page.logIn('ada', PASSWORD)).toBe('ok')
    expect((await me(page)).viewing).toBeNull()
  })

  test('a change that another tab began before changes nothing any more', async () => {
    const page = home.browser()
    await page.logIn('ada', PASSWORD)
    const before = await page.caller()
    await home.outcome(before, 'session.viewAs', { accountId: rose })
    for (const [name, input] of [
      ['accounts.update', { id: rose, name: 'Eve' }],
      ['settings.set', { theme: 'dark' }],
      ['flags.set', { flags: { webdav: true } }],
    ] as const)
      expect(await home.outcome(before, name, input), name).toBe('forbidden viewing_only')
  })

  test('hears what the viewed account hears, and of its own session', async () => {
    const page = await viewing()
    const { hints, announce } = home.services
    const heard: Topic[] = []
    const end = hints.subscribe((await page.caller()).principal, ({ topic }) => heard.push(topic))
    // settings are for everybody; what was announced so far comes with them
    announce({ topic: 'settings' })
    await expect.poll(() => heard).toContain('settings')
    heard.length = 0
    for (const topic of ['accounts', 'audit', 'folders', 'storage'] as const) announce({ topic })
    announce({ topic: 'library', accounts: [ada] })
    announce({ topic: 'settings' })
    await expect.poll(() => heard).toEqual(['settings'])
    announce({ topic: 'library', accounts: [rose] })
    await expect.poll(() => heard).toEqual(['settings', 'library'])
    announce({ topic: 'session', accounts: [ada] })
    await expect.poll(() => heard).toEqual(['settings', 'library', 'session'])
    end()
  })

  test('of a token that was told to nobody: the principal carries the viewer for its own session alone', async () => {
    const page = await viewing()
    const principal = await principalOf(home.services.db, home.services.clock, page.kept.token)
    if (principal.kind !== 'viewing') throw new Error('it views')
    expect(principal.as).toMatchObject({ accountId: rose, sessionId: principal.sessionId, viewed: true })
    expect(principal.viewer).toMatchObject({ accountId: ada, superAdmin: true })
  })
})
