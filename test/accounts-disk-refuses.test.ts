import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StorageError } from '../electron/db/errors.ts'
import { type AccountsHousehold, openAccountsHousehold, PASSWORD } from './support/accounts.ts'
import { computer } from './support/computer.ts'

let home: AccountsHousehold
beforeEach(async () => {
  home = await openAccountsHousehold()
  await home.addSuper('olga')
  await home.add('ada')
})
afterEach(() => home.close())

/** From now on the disk refuses every write, as a full or a read-only one does. */
function refuseWrites(code: 'full' | 'read_only' = 'full') {
  const spy = vi.spyOn(home.services.db, 'write').mockRejectedValue(new StorageError(code, 'of SQLite'))
  return () => spy.mockRestore()
}

const FULL = 'unavailable storage_full'

test.each(['session.logout', 'session.lock', 'session.leave'])(
  '%s: a browser keeps nothing',
  async (name) => {
    const page = home.browser()
    await page.logIn('ada', PASSWORD)
    const { principal } = await page.caller()
    const cut = vi.fn()
    if (principal.kind === 'account') home.services.live.add([principal.sessionId], cut)
    const goOn = refuseWrites()
    expect(await home.outcome(await page.caller(), name, {})).toBe(FULL)
    expect(page.kept.token).toBeNull()
    expect(cut).toHaveBeenCalledTimes(1)
    goOn()
  },
)

test.each(['session.logout', 'session.lock'])('%s: no window goes on, nor is it remembered', async (name) => {
  const { program, kept } = computer(home)
  const openWindow = program()
  const [one, two] = [openWindow(), openWindow()]
  await one.logIn('ada', true)
  await two.ask('session.resume', { username: 'ada' })
  for (const { visitor } of [one, two]) await visitor.follow(() => {})
  for (const { onChange } of [one, two]) onChange.mockClear()
  const goOn = refuseWrites('read_only')
  expect(await one.ask(name)).toBe('unavailable storage_read_only')
  expect([await one.who(), await two.who()]).toEqual(['anonymous', 'anonymous'])
  for (const { onChange } of [one, two]) expect(onChange).toHaveBeenCalled()
  expect(kept()).toEqual({ tokens: [], last: null })
  goOn()
})

test('leaving the remembered session of whoever administers: it is forgotten where it cannot be locked', async () => {
  const { program, kept } = computer(home)
  const window = program()()
  await window.logIn('olga', true)
  const goOn = refuseWrites()
  expect(await window.ask('session.leave')).toBe(FULL)
  goOn()
  expect(await window.who()).toBe('anonymous')
  expect(kept().tokens).toEqual([])
  expect(await window.ask('session.resume', { username: 'olga' })).toBe('unauthenticated not_remembered')
})

test('the menu’s lock and the computer’s screen end the visit where it cannot be locked', async () => {
  const openWindow = computer(home).program()
  const windows = [openWindow(), openWindow(), openWindow()] as const
  await windows[0].logIn('ada')
  await windows[1].logIn('olga')
  await windows[2].logIn('ada')
  for (const { onChange } of windows) onChange.mockClear()
  const goOn = refuseWrites()
  await windows[0].visitor.lock()
  await expect(windows[1].visitor.followScreen('locked')).rejects.toThrow(StorageError)
  goOn()
  // nor can it be looked up who sits there
  const lookUp = vi.spyOn(home.services.db.read, 'select').mockImplementation(() => {
    throw new StorageError('io', 'of SQLite')
  })
  await windows[2].visitor.lock()
  lookUp.mockRestore()
  for (const window of windows) {
    expect(window.onChange).toHaveBeenCalledTimes(1)
    expect(await window.who()).toBe('anonymous')
  }
})

test('whoever must change the password can lock all the same', async () => {
  await home.add('ben', { mustChangePassword: true })
  const page = home.browser()
  await page.logIn('ben', PASSWORD)
  expect(await home.outcome(await page.caller(), 'session.lock', {})).toBe('ok')
  expect((await page.caller()).principal).toMatchObject({ kind: 'locked', username: 'ben' })
})
