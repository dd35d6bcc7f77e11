import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OPERATOR } from '../electron/access/principal.ts'
import type { Caller } from '../electron/api/caller.ts'
import { recoverFromEnvironment } from '../electron/domain/accounts/recovery.ts'
import { principalOf, SESSION_IDLE_MS, SESSION_MAX_MS } from '../electron/domain/accounts/sessions.ts'
import { anonymousCaller, callerOf, openTestHousehold, type TestHousehold } from './support/household.ts'

const PASSWORD = 'a quiet mantelpiece'
const OTHER = 'another mantelpiece'
const operator = callerOf(OPERATOR)

let now = Date.UTC(2026, 0, 1)
let household: TestHousehold

beforeEach(async () => {
  household = await openTestHousehold({ clock: () => now })
})
afterEach(() => household.close())

const add = async (username: string, options: { role?: 'admin' | 'user'; superAdmin?: boolean } = {}) =>
  (
    await household.get(operator, 'accounts.create', {
      username,
      password: PASSWORD,
      role: 'user',
      ...options,
    })
  ).id

/** Answers `ok` or the error's code, with the reason where one is given. */
async function outcome(caller: Caller, name: string, input: object) {
  const result = await household.call(caller, name, input)
  if (result.ok) return 'ok'
  const { code, reason, fields } = result.error
  return [code, reason, ...Object.entries(fields ?? {}).flat()].filter(Boolean).join(' ')
}

/** A browser: keeps what the door would keep. */
function browser(address = '127.0.0.1') {
  const kept: { token: string | null; device: string | null } = { token: null, device: null }
  const effects = {
    startSession: (token: string) => {
      kept.token = token
    },
    endSession: () => {
      kept.token = null
    },
    rememberDevice: (token: string) => {
      kept.device = token
    },
  }
  return {
    kept,
    async caller(): Promise<Caller> {
      const { db, clock } = household.services
      const principal = await principalOf(db, clock, kept.token)
      return callerOf(principal, { address, deviceToken: kept.device, effects })
    },
    async logIn(username: string, password: string) {
      return outcome(await this.caller(), 'session.login', { username, password })
    },
  }
}

describe('set-up', () => {
  test('needs the code outside the host window, makes a super admin with a folder, and closes', async () => {
    const pictures = await household.folder('Ada')
    await writeFile(
      join(pictures, 'a.jpg'),
      await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
        .jpeg()
        .toBuffer(),
    )
    const first = { username: 'Ada', password: PASSWORD, folder: pictures }
    expect(await outcome(anonymousCaller, 'setup.create', first)).toBe('invalid code required')
    expect(await outcome(anonymousCaller, 'setup.create', { ...first, code: 'AAAA-AAAA' })).toBe(
      'invalid code setup_code_wrong',
    )
    const page = browser()
    const code = household.services.setupCode.code.toLowerCase().replace('-', ' ')
    expect(await outcome(await page.caller(), 'setup.create', { ...first, code })).toBe('ok')
    const me = await household.get(await page.caller(), 'session.me', {})
    expect(me.account).toMatchObject({ username: 'ada', superAdmin: true, role: 'admin' })
    expect(me).toMatchObject({ onboarding: true, folderCount: 1 })
    await household.idle()
    const { months } = await household.get(await page.caller(), 'timeline.months', {})
    expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(1)
    expect(await outcome(await page.caller(), 'setup.finish', {})).toBe('ok')
    expect((await household.get(await page.caller(), 'session.me', {})).onboarding).toBe(false)
    expect(await outcome(anonymousCaller, 'setup.create', { ...first, code })).toBe('conflict setup_closed')
  })

  test('a wrong folder makes nothing', async () => {
    const first = { code: household.services.setupCode.code, username: 'ada', password: PASSWORD }
    for (const [folder, reason] of [
      ['/does/not/exist', 'folder_missing'],
      ['relative', 'folder_relative'],
      ['/', 'folder_system'],
      [household.services.dataDir, 'folder_in_data_directory'],
    ])
      expect(await outcome(anonymousCaller, 'setup.create', { ...first, folder })).toBe(
        `invalid folder ${reason}`,
      )
    expect((await household.get(anonymousCaller, 'setup.status', {})).open).toBe(true)
  })

  test('two at the same moment make one super admin', async () => {
    const { code } = household.services.setupCode
    const both = await Promise.all(
      ['ada', 'eve'].map((username) =>
        outcome(anonymousCaller, 'setup.create', { code, username, password: PASSWORD }),
      ),
    )
    expect(both.sort()).toEqual(['conflict setup_closed', 'ok'])
  })

  test('ten wrong codes cost a minute, the right one included', async () => {
    const { code } = household.services.setupCode
    const first = { username: 'ada', password: PASSWORD }
    for (let count = 0; count < 10; count += 1)
      await outcome(anonymousCaller, 'setup.create', { ...first, code: `WRNG-${count}` })
    expect(await outcome(anonymousCaller, 'setup.create', { ...first, code })).toBe(
      'throttled too_many_attempts',
    )
    now += 60_000
    expect(await outcome(anonymousCaller, 'setup.create', { ...first, code })).toBe('ok')
  })
})

describe('login', () => {
  beforeEach(() => add('ada', { role: 'admin', superAdmin: true }))

  test('wrong names and wrong passwords are answered alike, at the cost of one comparison each', async () => {
    const { passwords } = household.services
    const before = passwords.comparisons
    expect(await browser().logIn('ada', 'wrong')).toBe('unauthenticated wrong_credentials')
    expect(await browser().logIn('nobody', 'wrong')).toBe('unauthenticated wrong_credentials')
    expect(await browser().logIn('ada', PASSWORD)).toBe('ok')
    expect(passwords.comparisons - before).toBe(3)
  })

  test('unknown keys are refused', async () => {
    const input = { username: 'ada', password: PASSWORD, role: 'admin' }
    expect(await outcome(anonymousCaller, 'session.login', input)).toBe('invalid role unknown_key')
  })

  test('strangers cannot lock a member out of a known device, and are told to wait', async () => {
    const home = browser('10.0.0.1')
    expect(await home.logIn('ada', PASSWORD)).toBe('ok')
    for (let count = 0; count < 60; count += 1) await browser(`10.1.0.${count}`).logIn('ada', 'guess')
    expect(await browser('10.2.0.1').logIn('ada', PASSWORD)).toBe('throttled too_many_attempts')
    expect(await home.logIn('ada', PASSWORD)).toBe('ok')
  })

  test('a device lists the accounts that logged in on it, and no others', async () => {
    await add('ben')
    const page = browser()
    await page.logIn('ada', PASSWORD)
    const known = async (caller: Caller) => (await household.get(caller, 'session.known', {})).accounts
    expect((await known(await page.caller())).map(({ username }) => username)).toEqual(['ada'])
    expect(await known(anonymousCaller)).toEqual([])
  })

  test('a device token that was made up elsewhere is not taken over', async () => {
    const deviceToken = 'x'.repeat(43)
    const kept: string[] = []
    const rememberDevice = (token: string) => void kept.push(token)
    const caller = {
      ...anonymousCaller,
      deviceToken,
      effects: { ...anonymousCaller.effects, rememberDevice },
    }
    const login = { username: 'ada', password: PASSWORD }
    await household.get(caller, 'session.login', login)
    await household.get({ ...caller, deviceToken: kept[0] ?? null }, 'session.login', login)
    expect(kept[0]).not.toBe(deviceToken)
    expect(kept[1]).toBe(kept[0])
  })

  test('sessions end after 14 days, or 7 without use', async () => {
    const idle = browser()
    const used = browser()
    await idle.logIn('ada', PASSWORD)
    await used.logIn('ada', PASSWORD)
    const start = now
    for (const days of [6, 12]) {
      now = start + days * 24 * 3_600_000
      expect((await used.caller()).principal.kind).toBe('account')
      // the use is noted behind the request; this waits until it is
      await household.services.db.write(async () => {}, { priority: 'background' })
    }
    now = start + SESSION_IDLE_MS + 1
    expect((await idle.caller()).principal.kind).toBe('anonymous')
    now = start + SESSION_MAX_MS + 1
    expect((await used.caller()).principal.kind).toBe('anonymous')
  })

  test('an account that may not log in is told so only with its right password', async () => {
    const id = await add('ben')
    await household.get(operator, 'accounts.update', { id, mayLogIn: false })
    expect(await browser().logIn('ben', 'wrong')).toBe('unauthenticated wrong_credentials')
    expect(await browser().logIn('ben', PASSWORD)).toBe('forbidden login_disabled')
  })
})

describe('standing', () => {
  test.each([
    ['role', { role: 'viewer' }],
    ['login right', { mayLogIn: false }],
    ['flag', { superAdmin: true }],
    ['password', { password: OTHER }],
  ])('a change of %s ends sessions and open streams at once', async (_, change) => {
    await add('ada', { role: 'admin', superAdmin: true })
    const id = await add('ben')
    const page = browser()
    await page.logIn('ben', PASSWORD)
    const { principal } = await page.caller()
    let cut = false
    if (principal.kind === 'account') household.services.live.add(principal.sessionId, () => (cut = true))
    await household.get(operator, 'accounts.update', { id, ...change } as { id: number })
    expect((await page.caller()).principal.kind).toBe('anonymous')
    expect(cut).toBe(true)
  })

  test('an edit of a name ends nothing', async () => {
    await add('ada', { role: 'admin', superAdmin: true })
    const id = await add('ben')
    const page = browser()
    await page.logIn('ben', PASSWORD)
    await household.get(operator, 'accounts.update', { id, name: 'Benedict' })
    expect((await page.caller()).principal.kind).toBe('account')
  })

  test('two super admins who demote each other at the same moment leave one', async () => {
    const ids = [
      await add('ada', { role: 'admin', superAdmin: true }),
      await add('eve', { role: 'admin', superAdmin: true }),
    ] as const
    const callers = [await household.as(ids[0]), await household.as(ids[1])] as const
    const both = await Promise.all([
      outcome(callers[0], 'accounts.update', { id: ids[1], superAdmin: false }),
      outcome(callers[1], 'accounts.update', { id: ids[0], superAdmin: false }),
    ])
    expect(both.filter((one) => one === 'ok').length).toBe(1)
    const { accounts } = await household.get(operator, 'accounts.list', {})
    expect(accounts.filter((account) => account.superAdmin).length).toBe(1)
  })

  test('an admin who is demoted while a password is being hashed does not finish', async () => {
    await add('ada', { role: 'admin', superAdmin: true })
    const id = await add('eve', { role: 'admin', superAdmin: true })
    const eve = await household.as(id)
    const { passwords } = household.services
    const hash = passwords.hash
    passwords.hash = async (password) => {
      passwords.hash = hash
      await household.get(operator, 'accounts.update', { id, superAdmin: false, role: 'user' })
      return hash(password)
    }
    const accomplice = { username: 'mallory', password: PASSWORD, role: 'admin', superAdmin: true }
    expect(await outcome(eve, 'accounts.create', accomplice)).toBe('unauthenticated')
    const { accounts } = await household.get(operator, 'accounts.list', {})
    expect(accounts.map(({ username }) => username)).toEqual(['ada', 'eve'])
  })

  test('the last super admin cannot be disabled or deleted, not even from the command line', async () => {
    const id = await add('ada', { role: 'admin', superAdmin: true })
    expect(await outcome(operator, 'accounts.update', { id, mayLogIn: false })).toBe(
      'conflict last_super_admin',
    )
    expect(await outcome(operator, 'accounts.update', { id, superAdmin: false })).toBe(
      'conflict last_super_admin',
    )
    expect(await outcome(operator, 'accounts.remove', { id })).toBe('conflict last_super_admin')
  })

  test('an edit that is refused changes nothing of the account', async () => {
    await add('ada', { role: 'admin', superAdmin: true })
    const id = await add('ben')
    const edit = { id, name: 'Changed', folders: [{ path: '/does/not/exist', access: 'read-only' }] }
    expect(await outcome(operator, 'accounts.update', edit)).toBe('invalid folders.0.path folder_missing')
    const { accounts } = await household.get(operator, 'accounts.list', {})
    expect(accounts.find((account) => account.id === id)).toMatchObject({ name: '', folders: [] })
  })

  test('a deleted account is gone, and its name is free again', async () => {
    await add('ada', { role: 'admin', superAdmin: true })
    const id = await add('ben')
    const page = browser()
    await page.logIn('ben', PASSWORD)
    expect(await outcome(operator, 'accounts.remove', { id })).toBe('ok')
    expect((await page.caller()).principal.kind).toBe('anonymous')
    expect(await page.logIn('ben', PASSWORD)).toBe('unauthenticated wrong_credentials')
    expect(await add('ben')).not.toBe(id)
  })
})

describe('changing a password', () => {
  test('own: needs the current one, keeps this session and ends the others', async () => {
    const id = await add('ada', { role: 'admin', superAdmin: true })
    const [here, there] = [browser(), browser()]
    await here.logIn('ada', PASSWORD)
    await there.logIn('ada', PASSWORD)
    const change = { id, password: OTHER }
    expect(await outcome(await here.caller(), 'accounts.changePassword', change)).toBe(
      'invalid currentPassword current_password_needed',
    )
    expect(
      await outcome(await here.caller(), 'accounts.changePassword', { ...change, currentPassword: 'wrong' }),
    ).toBe('invalid currentPassword current_password_wrong')
    expect(
      await outcome(await here.caller(), 'accounts.changePassword', { ...change, currentPassword: PASSWORD }),
    ).toBe('ok')
    expect((await here.caller()).principal.kind).toBe('account')
    expect((await there.caller()).principal.kind).toBe('anonymous')
    expect(await there.logIn('ada', OTHER)).toBe('ok')
  })

  test('guesses of the current one have their limit, and lock nobody out of logging in', async () => {
    await add('ada', { role: 'admin', superAdmin: true })
    const id = await add('ben')
    const [stolen, home] = [browser(), browser('10.0.0.7')]
    await stolen.logIn('ben', PASSWORD)
    const guess = async (currentPassword: string) =>
      outcome(await stolen.caller(), 'accounts.changePassword', { id, password: OTHER, currentPassword })
    for (let count = 0; count < 10; count += 1)
      expect(await guess('a guess')).toBe('invalid currentPassword current_password_wrong')
    expect(await guess(PASSWORD)).toBe('throttled too_many_attempts')
    expect(await home.logIn('ben', PASSWORD)).toBe('ok')
    now += 10 * 60_000
    expect(await guess(PASSWORD)).toBe('ok')
  })

  test('a super admin may ask for a new one at the next login', async () => {
    await add('ada', { role: 'admin', superAdmin: true })
    const id = await add('ben')
    await household.get(operator, 'accounts.changePassword', { id, password: OTHER, mustChange: true })
    const page = browser()
    await page.logIn('ben', OTHER)
    expect((await household.get(await page.caller(), 'session.me', {})).account.mustChangePassword).toBe(true)
    const change = { id, password: 'a third mantelpiece', currentPassword: OTHER }
    expect(await outcome(await page.caller(), 'accounts.changePassword', change)).toBe('ok')
    expect((await household.get(await page.caller(), 'session.me', {})).account.mustChangePassword).toBe(
      false,
    )
  })

  test.each([
    ['seven77', 'password_too_short'],
    ['password1', 'password_common'],
    ['x'.repeat(73), 'password_too_long'],
  ])('%s is refused with its reason', async (password, reason) => {
    const id = await add('ada', { role: 'admin', superAdmin: true })
    expect(await outcome(operator, 'accounts.changePassword', { id, password })).toBe(
      `invalid password ${reason}`,
    )
  })
})

describe('recovery from the environment', () => {
  const environment = { MANTEL_ADMIN_USERNAME: 'Rescue', MANTEL_ADMIN_PASSWORD: PASSWORD }

  test('makes the account, and repairs it when it was demoted or disabled', async () => {
    await recoverFromEnvironment(household.services, environment)
    expect(await browser().logIn('rescue', PASSWORD)).toBe('ok')
    await add('ada', { role: 'admin', superAdmin: true })
    const { accounts } = await household.get(operator, 'accounts.list', {})
    const id = accounts.find(({ username }) => username === 'rescue')?.id ?? 0
    await household.get(operator, 'accounts.update', {
      id,
      superAdmin: false,
      mayLogIn: false,
      password: OTHER,
    })
    await recoverFromEnvironment(household.services, environment)
    expect(await browser().logIn('rescue', PASSWORD)).toBe('ok')
  })

  test('touches nothing where it holds already', async () => {
    await recoverFromEnvironment(household.services, environment)
    const page = browser()
    await page.logIn('rescue', PASSWORD)
    await recoverFromEnvironment(household.services, environment)
    expect((await page.caller()).principal.kind).toBe('account')
  })

  test('ignores a password that breaks the rules', async () => {
    await recoverFromEnvironment(household.services, { ...environment, MANTEL_ADMIN_PASSWORD: 'short' })
    expect((await household.get(anonymousCaller, 'setup.status', {})).open).toBe(true)
    expect(household.lines.join()).toContain('MANTEL_ADMIN_PASSWORD is ignored')
  })
})
