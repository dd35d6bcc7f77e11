import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recoverFromEnvironment } from '../electron/domain/accounts/recovery.ts'
import {
  type AccountsHousehold,
  OTHER,
  openAccountsHousehold,
  operator,
  PASSWORD,
} from './support/accounts.ts'
import { anonymousCaller } from './support/household.ts'
import { switchFactorOn } from './support/second-factor.ts'

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
})
afterEach(() => home.close())

describe('set-up', () => {
  test('needs the code outside the host window, makes a super admin with a folder, and closes', async () => {
    const pictures = await home.folder('Ada')
    await writeFile(
      join(pictures, 'a.jpg'),
      await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
        .jpeg()
        .toBuffer(),
    )
    const first = { username: 'Ada', password: PASSWORD, folder: pictures }
    expect(await home.outcome(anonymousCaller, 'setup.create', first)).toBe('invalid code required')
    expect(await home.outcome(anonymousCaller, 'setup.create', { ...first, code: 'AAAA-AAAA' })).toBe(
      'invalid code setup_code_wrong',
    )
    const page = home.browser()
    const code = home.services.setupCode.code.toLowerCase().replace('-', ' ')
    expect(await home.outcome(await page.caller(), 'setup.create', { ...first, code })).toBe('ok')
    const me = await home.get(await page.caller(), 'session.me', {})
    expect(me.account).toMatchObject({ username: 'ada', superAdmin: true, role: 'admin' })
    expect(me).toMatchObject({ onboarding: true, folderCount: 1 })
    await home.idle()
    const { months } = await home.get(await page.caller(), 'timeline.months', {})
    expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(1)
    expect(await home.outcome(await page.caller(), 'setup.finish', {})).toBe('ok')
    expect((await home.get(await page.caller(), 'session.me', {})).onboarding).toBe(false)
    expect(await home.outcome(anonymousCaller, 'setup.create', { ...first, code })).toBe(
      'conflict setup_closed',
    )
  })

  test('a wrong folder makes nothing', async () => {
    const first = { code: home.services.setupCode.code, username: 'ada', password: PASSWORD }
    for (const [folder, reason] of [
      ['/does/not/exist', 'folder_missing'],
      ['relative', 'folder_relative'],
      ['/', 'folder_system'],
      [home.services.dataDir, 'folder_in_data_directory'],
    ])
      expect(await home.outcome(anonymousCaller, 'setup.create', { ...first, folder })).toBe(
        `invalid folder ${reason}`,
      )
    expect((await home.get(anonymousCaller, 'setup.status', {})).open).toBe(true)
  })

  test('two at the same moment make one super admin', async () => {
    const { code } = home.services.setupCode
    const both = await Promise.all(
      ['ada', 'eve'].map((username) =>
        home.outcome(anonymousCaller, 'setup.create', { code, username, password: PASSWORD }),
      ),
    )
    expect(both.sort()).toEqual(['conflict setup_closed', 'ok'])
  })

  test('ten wrong codes cost a minute, the right one included', async () => {
    const { code } = home.services.setupCode
    const first = { username: 'ada', password: PASSWORD }
    for (let count = 0; count < 10; count += 1)
      await home.outcome(anonymousCaller, 'setup.create', { ...first, code: `WRNG-${count}` })
    expect(await home.outcome(anonymousCaller, 'setup.create', { ...first, code })).toBe(
      'throttled too_many_attempts',
    )
    home.pass(60_000)
    expect(await home.outcome(anonymousCaller, 'setup.create', { ...first, code })).toBe('ok')
  })
})

describe('recovery from the environment', () => {
  const environment = { MANTEL_ADMIN_USERNAME: 'Rescue', MANTEL_ADMIN_PASSWORD: PASSWORD }

  test('makes the account, and repairs it when it was demoted or disabled', async () => {
    await recoverFromEnvironment(home.services, environment)
    expect(await home.browser().logIn('rescue', PASSWORD)).toBe('ok')
    await home.addSuper('ada')
    const { accounts } = await home.get(operator, 'accounts.list', {})
    const id = accounts.find(({ username }) => username === 'rescue')?.id ?? 0
    await home.get(operator, 'accounts.update', {
      id,
      superAdmin: false,
      mayLogIn: false,
      password: OTHER,
    })
    await recoverFromEnvironment(home.services, environment)
    expect(await home.browser().logIn('rescue', PASSWORD)).toBe('ok')
  })

  test('touches nothing where it holds already', async () => {
    await recoverFromEnvironment(home.services, environment)
    const page = home.browser()
    await page.logIn('rescue', PASSWORD)
    await recoverFromEnvironment(home.services, environment)
    expect((await page.caller()).principal.kind).toBe('account')
  })

  test('tells where a second factor still stands in the way, and what clears it', async () => {
    await home.addSuper('rescue')
    const page = home.browser()
    await page.logIn('rescue', PASSWORD)
    await switchFactorOn(home, await page.caller())
    for (const password of [PASSWORD, OTHER]) {
      const before = home.lines.length
      await recoverFromEnvironment(home.services, { ...environment, MANTEL_ADMIN_PASSWORD: password })
      const told = home.lines.slice(before).join('\n')
      expect(told).toContain('still asks for a code')
      expect(told).toContain('mantel passwd rescue --clear-totp')
    }
  })

  test('ignores a password that breaks the rules', async () => {
    await recoverFromEnvironment(home.services, { ...environment, MANTEL_ADMIN_PASSWORD: 'short' })
    expect((await home.get(anonymousCaller, 'setup.status', {})).open).toBe(true)
    expect(home.lines.join()).toContain('MANTEL_ADMIN_PASSWORD is ignored')
  })
})
