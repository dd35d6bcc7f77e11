import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type CommandLine, openCommandLine, PASSWORD, program } from '../support/command-line.ts'

// Accounts, sessions and features, as people type them: the same whether a server runs or not.

let line: CommandLine

const add = (...args: string[]) => line.mantel(['users', 'add', ...args, '-p'], { input: PASSWORD })

describe.each(['no server running', 'a server running'])('with %s', (state) => {
  beforeEach(async () => {
    line = await openCommandLine()
    await line.addOlga()
    if (state === 'a server running') await line.serve()
  })

  test('an account with every switch, in short and in long', async () => {
    const folder = await line.pictures('hers', 1)
    const added = await add(
      'ada',
      ...['-n', 'Ada L.', '-m', 'ada@example.org', '-r', 'viewer', '-l', '-w', '--no-share'],
      ...['--quota', '2.5 GB', '--note', 'a note', '--must-change-password', '--folder', 'hers:ro'],
    )
    expect([added.code, added.out]).toEqual([0, `Added ada (viewer) with ${folder}.\n`])
    const { account, sessions, appPasswords } = await line.answerOf(['users', 'show', 'ADA'])
    expect(account).toMatchObject({
      username: 'ada',
      name: 'Ada L.',
      email: 'ada@example.org',
      role: 'viewer',
      superAdmin: false,
      mayLogIn: false,
      webdav: true,
      mayShare: false,
      quotaBytes: 2_500_000_000,
      note: 'a note',
      mustChangePassword: true,
      folders: [{ path: folder, access: 'read-only', mayShare: false }],
    })
    expect([sessions, appPasswords]).toEqual([[], []])

    const change = async (...args: string[]) =>
      (await line.answerOf(['users', 'mod', 'ada', ...args])).account
    const second = ['--login', '--no-webdav', '--share', '--quota', 'none', '--note', '']
    expect(await change(...second, '--no-must-change-password')).toMatchObject({
      name: 'Ada L.',
      role: 'viewer',
      mayLogIn: true,
      webdav: false,
      mayShare: true,
      quotaBytes: null,
      note: '',
      mustChangePassword: false,
      folders: [{ path: folder }],
    })
    expect(await change('-w', '-s', '-l', '-r', 'admin', '-m', '')).toMatchObject({
      webdav: true,
      superAdmin: true,
      mayLogIn: false,
      role: 'admin',
      email: null,
    })
  })

  test('all about an account, in a column', async () => {
    // none in it: with a server running a scan may be through before or after this looks
    const folder = await line.pictures('hers', 0)
    await add(
      'ada',
      '--folder',
      folder,
      '--folder',
      `${line.root}:ro`,
      '--quota',
      '500MB',
      '--note',
      'two\nlines',
    )
    const { code, out, err } = await line.mantel(['users', 'show', 'ada'])
    expect([code, err]).toEqual([0, ''])
    expect(out.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'NOW')).toBe(
      [
        'Username                ada',
        'Name                    –',
        'E-mail                  –',
        'Role                    user',
        'May log in              yes',
        'Waits for a folder      no',
        'Must choose a password  no',
        'WebDAV                  off',
        'May share               yes',
        'Quota                   500 MB',
        'Photos                  0',
        'Sessions                0',
        'Second factor           off',
        'App passwords           0',
        'Created                 NOW',
        'Last seen               –',
        `Folders                 ${line.root} (read-only)`,
        `                        ${folder}`,
        'Note                    two',
        '                        lines',
        '',
      ].join('\n'),
    )
    const nobody = await line.mantel(['users', 'show', 'rose'])
    expect([nobody.code, nobody.err]).toEqual([1, 'mantel: Nobody here is called rose\n'])
  })

  test('an account is deleted after a yes, and brought back', async () => {
    await add('ada')
    await add('ben')
    const held =
      'ada has 0 photos that nobody else sees, 0 albums, 0 links, 0 app passwords, 0 favourites, 0 ratings, 0 captions, 0 tags.\n'
    const unasked = await line.mantel(['users', 'rm', 'ada'], { input: 'y\n' })
    expect([unasked.code, unasked.out]).toEqual([1, ''])
    expect(unasked.err).toBe(
      `${held}mantel: There is no terminal to ask on, so nothing was changed; --yes goes on without asking\n`,
    )
    const usernames = async () =>
      (await line.answerOf(['users', 'ls'])).accounts.map(({ username }: { username: string }) => username)
    expect(await usernames()).toEqual(['ada', 'ben', 'olga'])

    const { restorableUntil } = await line.answerOf(['users', 'rm', 'ada', '--keep', '-y'])
    expect(restorableUntil).toBeGreaterThan(Date.now() + 29 * 24 * 60 * 60_000)
    expect(await usernames()).toEqual(['ben', 'olga'])
    await add('ada')
    const taken = await line.mantel(['users', 'restore', 'ada'])
    expect([taken.code, taken.err]).toEqual([1, 'mantel: username: is already taken\n'])
    expect((await line.mantel(['users', 'restore', 'Ada', '--as', 'ada.l'])).out).toBe('Restored ada.l.\n')

    // two that were called the same: the id tells which
    await line.mantel(['users', 'rm', 'ada', '-y'])
    await add('ada')
    await line.mantel(['users', 'rm', 'ada', '-y'])
    const { accounts } = await line.answerOf(['users', 'ls', '--deleted'])
    const ids: number[] = accounts.map(({ id }: { id: number }) => id)
    const several = await line.mantel(['users', 'restore', 'ada'])
    expect([several.code, several.err]).toEqual([
      1,
      `mantel: Several deleted accounts were called ada; name one by its id: ${ids.join(', ')}\n`,
    ])
    expect(await line.answerOf(['users', 'restore', String(ids[1])])).toEqual({ id: ids[1], username: 'ada' })

    const moved = await line.mantel(['users', 'rm', 'ada', '--transfer-to', 'ben', '-y'])
    expect(moved.out).toContain('The albums and links are with ben now.')
    expect(await line.answerOf(['users', 'rm', 'ben', '--now', '-y'])).toEqual({ restorableUntil: null })
    const gone = await line.mantel(['users', 'restore', 'ben'])
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('No deleted account is called ben')])
    const both = await line.mantel(['users', 'rm', 'ada.l', '--now', '--keep', '-y'])
    expect([both.code, both.err]).toEqual([2, 'mantel: Name one of --keep, --transfer-to and --now\n'])
  })

  test('features are switched for everyone', async () => {
    const off = await line.mantel(['flags', 'set', 'places', 'off'])
    expect([off.code, off.out]).toEqual([0, 'places is off for everyone.\n'])
    expect((await line.mantel(['flags', 'ls'])).out).toMatch(/^FLAG +STATE\nalbums +on\n.*\nplaces +off\n/s)
    expect((await line.answerOf(['flags', 'set', 'places', 'on'])).flags.places).toBe(true)
    expect((await line.answerOf(['flags', 'ls'])).flags).toMatchObject({ places: true, webdav: false })
  })

  test('names cannot drive the terminal, and wide ones keep the columns', async () => {
    await add('ada', '-n', 'Ada \u001b[31m\u202e')
    await add('taro', '-n', '山田')
    const { out } = await line.mantel(['users', 'ls'])
    expect(out.split('\n').slice(1, 4)).toEqual([
      'ada       Ada ?[31m?  user                yes    0       –',
      'olga                  admin, super admin  yes    0       –',
      'taro      山田        user                yes    0       –',
    ])
    const { out: json } = await line.mantel(['users', 'ls', '--json'])
    expect(json).not.toContain('\u202e')
    expect(JSON.parse(json).accounts[0].name).toBe('Ada \u001b[31m\u202e')
  })
})

describe('sessions', () => {
  beforeEach(async () => {
    line = await openCommandLine()
    await line.addOlga()
    await add('ada')
  })

  test('are listed and ended, in a running server at once', async () => {
    const server = await line.serve()
    const logIn = (username: string) => server.rpc('session.login', { username, password: PASSWORD })
    await logIn('olga')
    await logIn('ada')
    await logIn('ada')
    const { sessions } = await line.answerOf(['sessions', 'ls'])
    expect(sessions.map(({ username }: { username: string }) => username).sort()).toEqual([
      'ada',
      'ada',
      'olga',
    ])
    expect((await line.answerOf(['sessions', 'ls', 'ada'])).sessions).toHaveLength(2)
    expect((await line.mantel(['sessions', 'ls', 'olga'])).out).toMatch(
      /^ID +USERNAME +DEVICE +ADDRESS +SINCE +LAST USED +ENDS\n1 +olga +.+ +127\.0\.0\.1 .*\n$/,
    )
    const ended = await line.mantel(['sessions', 'rm', '1'])
    expect([ended.code, ended.out]).toEqual([0, 'Ended session 1 of olga.\n'])
    expect((await line.mantel(['sessions', 'rm', '--all-of', 'ada'])).out).toBe('Ended 2 sessions of ada.\n')
    expect((await line.mantel(['sessions', 'ls'])).out).toBe('Nobody is logged in.\n')
  })

  test('are ended without a server too', async () => {
    const server = await line.serve()
    await server.rpc('session.login', { username: 'ada', password: PASSWORD })
    await server.stop('SIGTERM')
    expect((await line.answerOf(['sessions', 'ls'])).sessions).toMatchObject([{ id: 1, username: 'ada' }])
    expect(await line.answerOf(['sessions', 'rm', '1'])).toEqual({ ended: [1] })
    const gone = await line.mantel(['sessions', 'rm', '1'])
    expect([gone.code, gone.err]).toEqual([
      1,
      'mantel: There is no session 1; "mantel sessions ls" lists them\n',
    ])
  })
})

test.skipIf(!existsSync('/usr/bin/script'))('on a terminal it asks before it deletes', async () => {
  line = await openCommandLine()
  await line.addOlga()
  await add('ada')
  const answer = async (typed: string) => {
    const command = [process.execPath, program, 'users', 'rm', 'ada'].join(' ')
    const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, MANTEL_DATA: line.dataDir },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let shown = ''
    child.stdout.on('data', (chunk) => {
      shown += chunk
    })
    while (!shown.includes('Remove ada? [y/N] ')) await once(child.stdout, 'data')
    child.stdin.write(typed)
    await once(child, 'close')
    return { code: child.exitCode, shown }
  }
  for (const no of ['\r', 'n\r', '\u0004', '\u0003']) {
    const { code, shown } = await answer(no)
    expect(shown).toContain('Cancelled; nothing was changed')
    expect(code).toBe(1)
  }
  const yes = await answer('y\r')
  expect(yes.shown).toContain('Removed ada;')
  expect(yes.code).toBe(0)
})

test('misuse ends with 2 and names what is wrong', async () => {
  line = await openCommandLine()
  await line.addOlga()
  const tries: [string[], string][] = [
    [['users', 'show'], 'username'],
    [['users', 'mod', 'olga', '--quota', '50'], 'A number with its unit'],
    [['users', 'mod', 'olga', '--quota', '1e99GB'], 'A number with its unit'],
    [['sessions', 'rm'], 'Name the id of a session'],
    [['sessions', 'rm', '1', '--all-of', 'olga'], 'Name the id of a session'],
    [['sessions', 'rm', 'x'], 'A whole number'],
    [['flags', 'set', 'albums'], 'state'],
    [['flags', 'set', 'albums', 'maybe'], 'on, off'],
    [['flags', 'set', 'colours', 'on'], 'colours is no flag'],
  ]
  for (const [args, sentence] of tries) {
    const { code, out, err } = await line.mantel(args)
    expect([args, code, out]).toEqual([args, 2, ''])
    expect(err).toContain(sentence)
  }
})
