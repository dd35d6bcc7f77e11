import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { type CommandLine, openCommandLine, PASSWORD, program } from '../support/command-line.ts'

// Commands with no server running: each opens the household itself.

let line: CommandLine

beforeEach(async () => {
  line = await openCommandLine()
})

test('the first account has to be a super admin', async () => {
  const refused = await line.mantel(['users', 'add', 'ada', '--password-stdin'], { input: PASSWORD })
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toContain('--superadmin')
  const added = await line.addOlga()
  expect([added.code, added.out, added.err]).toEqual([0, 'Added olga (admin).\n', ''])
  expect(await line.answerOf(['users', 'ls'])).toMatchObject({
    accounts: [{ username: 'olga', role: 'admin', superAdmin: true, mayLogIn: true, folders: [] }],
  })
})

test('accounts with folders, scanned to the end', async () => {
  const [hers, common] = [await line.pictures('hers', 3), await line.pictures('com:mon')]
  await line.addOlga()
  const more = [
    '--folder',
    'hers',
    '--folder',
    `${common}:ro`,
    '--name',
    'Ada L.',
    '--email',
    'ada@example.org',
  ]
  const added = await line.mantel(['users', 'add', 'Ada', '--password-stdin', ...more], { input: PASSWORD })
  expect([added.code, added.out]).toEqual([0, `Added ada (user) with ${common}, ${hers}.\n`])
  const { accounts } = await line.answerOf(['users', 'ls'])
  expect(accounts.find(({ username }: { username: string }) => username === 'ada')).toMatchObject({
    name: 'Ada L.',
    email: 'ada@example.org',
    role: 'user',
    superAdmin: false,
    folders: [
      { path: common, access: 'read-only' },
      { path: hers, access: 'read-write' },
    ],
  })

  const scanned = await line.mantel(['scan'])
  expect(scanned.code).toBe(0)
  expect(scanned.err).toContain('No server is running')
  expect(scanned.out.trim().split('\n').sort()).toEqual([
    `${common}: done, 2 files`,
    `${hers}: done, 3 files`,
  ])
  const { folders } = await line.answerOf(['folders', 'ls'])
  expect(folders.map(({ photoCount }: { photoCount: number }) => photoCount).sort()).toEqual([2, 3])
  const { jobs } = await line.answerOf(['jobs'])
  expect(jobs.every(({ state }: { state: string }) => state === 'done')).toBe(true)
  expect((await line.mantel(['jobs', '--limit', '1'])).out).toMatch(
    /^ID +KIND +STATE.*\n\d+ +scan +done +\d +.*\n$/,
  )
})

test('one folder can be scanned, named as it lies from where one is', async () => {
  const [one] = [await line.pictures('one'), await line.pictures('two')]
  await line.addOlga('--folder', 'one', '--folder', 'two')
  const scanned = await line.mantel(['scan', '--wait', '.'], { cwd: one })
  expect([scanned.code, scanned.out, scanned.err]).toEqual([0, `${one}: done, 2 files\n`, ''])
  const refused = await line.mantel(['scan', 'three'])
  expect([refused.code, refused.err]).toEqual([
    1,
    `mantel: ${join(line.root, 'three')} is not a folder of the household; "mantel folders ls" lists them\n`,
  ])
})

test('an account changes by what is named alone', async () => {
  const [one, two] = [await line.pictures('one'), await line.pictures('two')]
  await line.addOlga()
  await line.mantel(['users', 'add', 'ada', '--password-stdin', '--folder', 'one:ro'], { input: PASSWORD })
  const change = async (...args: string[]) => (await line.answerOf(['users', 'mod', 'ada', ...args])).account
  expect(await change('--name', 'Ada', '--role', 'viewer')).toMatchObject({
    name: 'Ada',
    role: 'viewer',
    folders: [{ path: one, access: 'read-only' }],
  })
  expect(await change('--folder', 'two', '--no-login')).toMatchObject({
    name: 'Ada',
    mayLogIn: false,
    folders: [
      { path: one, access: 'read-only' },
      { path: two, access: 'read-write' },
    ],
  })
  expect(await change('--folder', 'one', '--remove-folder', 'two', '--superadmin', '--login')).toMatchObject({
    mayLogIn: true,
    superAdmin: true,
    folders: [{ path: one, access: 'read-write' }],
  })
  expect(await change('--no-superadmin', '--username', 'ada.l', '--email', '')).toMatchObject({
    username: 'ada.l',
    superAdmin: false,
    email: null,
  })
  const nothing = await line.mantel(['users', 'mod', 'ada.l'])
  expect([nothing.code, nothing.err]).toEqual([2, 'mantel: Nothing to change: name at least one option\n'])
  const wrong = await line.mantel(['users', 'mod', 'ada.l', '--remove-folder', 'two'])
  expect([wrong.code, wrong.err]).toEqual([1, `mantel: ada.l has no folder ${two}\n`])
  expect((await line.mantel(['users', 'rm', 'ada.l', '--yes'])).out).toContain(
    'Removed ada.l; no file was touched.',
  )
  expect((await line.mantel(['users', 'rm', 'ada.l'])).err).toBe('mantel: Nobody here is called ada.l\n')
})

test('refusals name the field and the rule, and change nothing', async () => {
  await line.addOlga()
  const tries: [string[], string, string][] = [
    [['users', 'add', 'a b', '--password-stdin'], PASSWORD, 'username: may hold 1 to 64 of the characters'],
    [['users', 'add', 'guest', '--password-stdin'], PASSWORD, 'username: is reserved'],
    [['users', 'add', 'olga', '--password-stdin'], PASSWORD, 'username: is already taken'],
    [['users', 'add', 'ada', '--password-stdin'], 'short', 'password: needs 8 characters'],
    [['users', 'add', 'ada', '--password-stdin'], '', 'password: needs 8 characters'],
    [['users', 'add', 'ada', '--password-stdin'], 'password', 'password: is too easy to guess'],
    [['users', 'add', 'ada', '--password-stdin'], 'ä'.repeat(37), 'password: may be 72 bytes long'],
    [['users', 'add', 'ada', '--password-stdin', '--role', 'king'], PASSWORD, 'role: is not one of'],
    [
      ['users', 'add', 'ada', '--password-stdin', '--email', 'x'],
      PASSWORD,
      'email: is not an e-mail address',
    ],
    [
      ['users', 'add', 'ada', '--password-stdin', '--folder', '/nowhere'],
      PASSWORD,
      'folders.0.path: does not exist',
    ],
    [['users', 'add', 'ada', '--password-stdin', '--folder', '/'], PASSWORD, 'folders.0.path: is the root'],
    [['users', 'mod', 'olga', '--no-superadmin'], '', 'The household needs at least one super admin'],
    [['users', 'mod', 'olga', '--no-login'], '', 'The household needs at least one super admin'],
    [['passwd', 'ben', '--password-stdin'], PASSWORD, 'Nobody here is called ben'],
    [['folders', 'add', '/nowhere'], '', 'path: does not exist'],
    [['folders', 'rm', '/nowhere'], '', '/nowhere is not a folder of the household'],
  ]
  for (const [args, input, sentence] of tries) {
    const { code, out, err } = await line.mantel(args, { input })
    expect([args, code, out]).toEqual([args, 1, ''])
    expect(err).toContain(`mantel: ${sentence}`)
    expect(err.trim().split('\n')).toHaveLength(1)
  }
  const removed = await line.mantel(['users', 'rm', 'olga', '--yes'])
  expect([removed.code, removed.out]).toEqual([1, ''])
  expect(removed.err).toContain('mantel: The household needs at least one super admin')
  const { accounts } = await line.answerOf(['users', 'ls'])
  expect(accounts.map(({ username }: { username: string }) => username)).toEqual(['olga'])
})

test('--json tells refusals as the API does', async () => {
  await line.addOlga()
  const { code, out, err } = await line.mantel(['users', 'add', 'olga', '--json', '--password-stdin'], {
    input: PASSWORD,
  })
  expect([code, out]).toEqual([1, ''])
  expect(JSON.parse(err)).toEqual({
    ok: false,
    error: {
      code: 'invalid',
      message: 'username: is already taken',
      fields: { username: 'username_taken' },
    },
  })
})

test('a password is not asked for where there is no terminal', async () => {
  const { code, err } = await line.mantel(['users', 'add', 'olga', '--superadmin'], {
    input: `${PASSWORD}\n`,
  })
  expect([code, err]).toEqual([
    1,
    'mantel: There is no terminal to ask for the password on; pipe it in with --password-stdin\n',
  ])
})

test.skipIf(!existsSync('/usr/bin/script'))('on a terminal it is asked for twice and not shown', async () => {
  const run = async (typed: string) => {
    const command = [process.execPath, program, 'users', 'add', 'olga', '--superadmin'].join(' ')
    const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, MANTEL_DATA: line.dataDir },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let shown = ''
    child.stdout.on('data', (chunk) => {
      shown += chunk
    })
    for (const [question, answer] of [
      ['New password: ', PASSWORD],
      ['The same again: ', typed],
    ] as const) {
      while (!shown.includes(question)) await once(child.stdout, 'data')
      child.stdin.write(`${answer}\r`)
    }
    await once(child, 'close')
    return { code: child.exitCode, shown }
  }
  const differing = await run('something else')
  expect(differing.code).toBe(1)
  expect(differing.shown).toContain('The two passwords differ')
  const added = await run(PASSWORD)
  expect(added.shown).toContain('Added olga (admin).')
  expect([added.code, added.shown.includes('mantelpiece')]).toEqual([0, false])
})

test('a mistyped data directory is not made', async () => {
  for (const args of [['users', 'ls'], ['users', 'rm', 'olga'], ['jobs'], ['scan'], ['folders', 'ls']]) {
    const { code, err } = await line.mantel([...args, '--data', 'no/such'])
    expect([args, code]).toEqual([args, 1])
    expect(err).toContain(`There is no household in ${join(line.root, 'no/such')}`)
  }
  expect(existsSync(join(line.root, 'no'))).toBe(false)
})

test('misuse ends with 2, help and version with 0', async () => {
  for (const args of [
    [],
    ['users'],
    ['nonsense'],
    ['users', 'add'],
    ['users', 'ls', '--nonsense'],
    ['users', 'ls', 'extra'],
    ['serve', '--port', '70000'],
    ['serve', '--port', 'x'],
    ['jobs', '--limit', '0'],
    ['users', 'ls', '--data', ''],
  ]) {
    const { code, out, err } = await line.mantel(args)
    expect([args, code, out]).toEqual([args, 2, ''])
    expect(err).not.toBe('')
  }
  expect(await line.mantel(['--version'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
  expect(await line.mantel(['users', 'mod', '--help'])).toMatchObject({ code: 0, err: '' })
  expect(existsSync(line.dataDir)).toBe(false)
})

test('what is piped into a reader that leaves is no failure', async () => {
  await line.addOlga()
  const child = line.start(['users', 'ls'])
  child.stdout?.destroy()
  const err = child.stderr ? await text(child.stderr) : ''
  if (child.exitCode === null) await once(child, 'exit')
  expect(err).toBe('')
})
