import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../support/database.ts'
import { makePicture } from '../support/pictures.ts'

const program = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
const PASSWORD = 'a quiet mantelpiece'

let root: string
let dataDir: string

beforeEach(async () => {
  root = await realpath(await makeFolder())
  dataDir = join(root, 'data')
})

interface Ran {
  code: number | null
  out: string
  err: string
}

interface RunOptions {
  input?: string
  cwd?: string
  environment?: Record<string, string>
}

function start(args: string[], { cwd = root, environment = {} }: RunOptions = {}): ChildProcess {
  const env = { ...process.env, MANTEL_DATA: dataDir, npm_lifecycle_event: '', ...environment }
  const child = spawn(process.execPath, [program, ...args], { cwd, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Runs a command to its end, as a process of its own. */
async function mantel(args: string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(args, options)
  child.stdin?.end(options.input ?? '')
  const [out, err] = await Promise.all([read(child.stdout), read(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}

const read = (stream: ChildProcess['stdout']) => (stream ? text(stream) : Promise.resolve(''))

/** Runs a command that must succeed, and answers its JSON. */
async function answerOf(args: string[], options: RunOptions = {}) {
  const { code, out, err } = await mantel(['--json', ...args], options)
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out)
}

const addOlga = (...more: string[]) =>
  mantel(['users', 'add', 'olga', '--superadmin', '--password-stdin', ...more], { input: `${PASSWORD}\n` })

async function pictures(name: string, count = 2): Promise<string> {
  const folder = join(root, name)
  await mkdir(folder)
  for (let n = 0; n < count; n += 1) await makePicture(join(folder, `${n}.jpg`))
  return folder
}

/** A running `mantel serve`. */
async function serve(...more: string[]) {
  const child = start(['serve', '--json', '--port', '0', ...more])
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  const err = read(child.stderr)
  while (!out.includes('\n')) await Promise.race([once(child.stdout ?? child, 'data'), diedOf(child, err)])
  const { url, setupCode } = JSON.parse(out) // what `serve --json` prints
  return {
    url: String(url),
    setupCode: setupCode === null ? null : String(setupCode),
    async stop(signal: NodeJS.Signals) {
      child.kill(signal)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      return { code: child.exitCode, err: await err }
    },
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function diedOf(child: ChildProcess, err: Promise<string>) {
  await once(child, 'exit')
  throw new Error(`serve ended: ${await err}`)
}

async function rpc(url: string, name: string, input: unknown) {
  const headers = { 'x-mantel': '1', 'content-type': 'application/json' }
  const response = await fetch(`${url}/rpc/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
  return { status: response.status, body: await response.json() }
}

describe('without a server', () => {
  test('the first account has to be a super admin', async () => {
    const refused = await mantel(['users', 'add', 'ada', '--password-stdin'], { input: PASSWORD })
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('--superadmin')
    const added = await addOlga()
    expect([added.code, added.out, added.err]).toEqual([0, 'Added olga (admin).\n', ''])
    expect(await answerOf(['users', 'ls'])).toMatchObject({
      accounts: [{ username: 'olga', role: 'admin', superAdmin: true, mayLogIn: true, folders: [] }],
    })
  })

  test('accounts with folders, scanned to the end', async () => {
    const [hers, common] = [await pictures('hers', 3), await pictures('com:mon')]
    await addOlga()
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
    const added = await mantel(['users', 'add', 'Ada', '--password-stdin', ...more], { input: PASSWORD })
    expect([added.code, added.out]).toEqual([0, `Added ada (user) with ${common}, ${hers}.\n`])
    const { accounts } = await answerOf(['users', 'ls'])
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

    const scanned = await mantel(['scan'])
    expect(scanned.code).toBe(0)
    expect(scanned.err).toContain('No server is running')
    expect(scanned.out.trim().split('\n').sort()).toEqual([
      `${common}: done, 2 files`,
      `${hers}: done, 3 files`,
    ])
    const { folders } = await answerOf(['folders', 'ls'])
    expect(folders.map(({ photoCount }: { photoCount: number }) => photoCount).sort()).toEqual([2, 3])
    const { jobs } = await answerOf(['jobs'])
    expect(jobs.every(({ state }: { state: string }) => state === 'done')).toBe(true)
    expect((await mantel(['jobs', '--limit', '1'])).out).toMatch(
      /^ID +KIND +STATE.*\n\d+ +scan +done +\d +.*\n$/,
    )
  })

  test('one folder can be scanned by name, also through a link or from inside', async () => {
    const [one] = [await pictures('one'), await pictures('two')]
    await addOlga('--folder', 'one', '--folder', 'two')
    const scanned = await mantel(['scan', '--wait', '.'], { cwd: one })
    expect([scanned.code, scanned.out, scanned.err]).toEqual([0, `${one}: done, 2 files\n`, ''])
    const refused = await mantel(['scan', 'three'])
    expect([refused.code, refused.err]).toEqual([
      1,
      `mantel: ${join(root, 'three')} is not a folder of the household; "mantel folders ls" lists them\n`,
    ])
  })

  test('an account changes by what is named alone', async () => {
    const [one, two] = [await pictures('one'), await pictures('two')]
    await addOlga()
    await mantel(['users', 'add', 'ada', '--password-stdin', '--folder', 'one:ro'], { input: PASSWORD })
    const change = async (...args: string[]) => (await answerOf(['users', 'mod', 'ada', ...args])).account
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
    expect(
      await change('--folder', 'one', '--remove-folder', 'two', '--superadmin', '--login'),
    ).toMatchObject({
      mayLogIn: true,
      superAdmin: true,
      folders: [{ path: one, access: 'read-write' }],
    })
    expect(await change('--no-superadmin', '--username', 'ada.l', '--email', '')).toMatchObject({
      username: 'ada.l',
      superAdmin: false,
      email: null,
    })
    const nothing = await mantel(['users', 'mod', 'ada.l'])
    expect([nothing.code, nothing.err]).toEqual([2, 'mantel: Nothing to change: name at least one option\n'])
    const wrong = await mantel(['users', 'mod', 'ada.l', '--remove-folder', 'two'])
    expect([wrong.code, wrong.err]).toEqual([1, `mantel: ada.l has no folder ${two}\n`])
    expect((await mantel(['users', 'rm', 'ada.l'])).out).toBe('Removed ada.l. No file was touched.\n')
    expect((await mantel(['users', 'rm', 'ada.l'])).err).toBe('mantel: Nobody here is called ada.l\n')
  })

  test('refusals name the field and the rule, and change nothing', async () => {
    await addOlga()
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
      [['users', 'rm', 'olga'], '', 'The household needs at least one super admin'],
      [['passwd', 'ben', '--password-stdin'], PASSWORD, 'Nobody here is called ben'],
      [['folders', 'add', '/nowhere'], '', 'path: does not exist'],
      [['folders', 'rm', '/nowhere'], '', '/nowhere is not a folder of the household'],
    ]
    for (const [args, input, sentence] of tries) {
      const { code, out, err } = await mantel(args, { input })
      expect([args, code, out]).toEqual([args, 1, ''])
      expect(err).toContain(`mantel: ${sentence}`)
      expect(err.trim().split('\n')).toHaveLength(1)
    }
    const { accounts } = await answerOf(['users', 'ls'])
    expect(accounts.map(({ username }: { username: string }) => username)).toEqual(['olga'])
  })

  test('--json tells refusals as the API does', async () => {
    await addOlga()
    const { code, out, err } = await mantel(['users', 'add', 'olga', '--json', '--password-stdin'], {
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
    const { code, err } = await mantel(['users', 'add', 'olga', '--superadmin'], { input: `${PASSWORD}\n` })
    expect([code, err]).toEqual([
      1,
      'mantel: There is no terminal to ask for the password on; pipe it in with --password-stdin\n',
    ])
  })

  test.skipIf(!existsSync('/usr/bin/script'))(
    'on a terminal it is asked for twice and not shown',
    async () => {
      const run = async (typed: string) => {
        const command = [process.execPath, program, 'users', 'add', 'olga', '--superadmin'].join(' ')
        const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], {
          env: { ...process.env, MANTEL_DATA: dataDir },
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
    },
  )

  test('a mistyped data directory is not made', async () => {
    for (const args of [['users', 'ls'], ['users', 'rm', 'olga'], ['jobs'], ['scan'], ['folders', 'ls']]) {
      const { code, err } = await mantel([...args, '--data', 'no/such'])
      expect([args, code]).toEqual([args, 1])
      expect(err).toContain(`There is no household in ${join(root, 'no/such')}`)
    }
    expect(existsSync(join(root, 'no'))).toBe(false)
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
    ]) {
      const { code, out, err } = await mantel(args)
      expect([args, code, out]).toEqual([args, 2, ''])
      expect(err).not.toBe('')
    }
    expect(await mantel(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
    expect(await mantel(['users', 'mod', '--help'])).toMatchObject({ code: 0, err: '' })
    expect(existsSync(dataDir)).toBe(false)
  })

  test('what is piped into a reader that leaves is no failure', async () => {
    await addOlga()
    const child = start(['users', 'ls'])
    child.stdout?.destroy()
    const err = await read(child.stderr)
    if (child.exitCode === null) await once(child, 'exit')
    expect(err).toBe('')
  })
})

describe('with a server', () => {
  test('it prints its address, and in an empty household the code with which it is set up', async () => {
    const server = await serve()
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(server.setupCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    const first = { username: 'olga', password: PASSWORD }
    expect((await rpc(server.url, 'setup.create', first)).status).toBe(400)
    expect(
      (await rpc(server.url, 'setup.create', { ...first, code: 'WRNG-CODE' })).body.error.fields,
    ).toEqual({
      code: 'setup_code_wrong',
    })
    expect((await rpc(server.url, 'setup.create', { ...first, code: server.setupCode })).status).toBe(200)
    await server.stop('SIGTERM')
    expect((await serve()).setupCode).toBeNull()
  })

  test('for people too', async () => {
    const child = start(['serve', '--port', '0'])
    let out = ''
    child.stdout?.on('data', (chunk) => {
      out += chunk
    })
    while (out.split('\n').length < 3) await once(child.stdout ?? child, 'data')
    expect(out).toMatch(/^Mantel is at http:\/\/127\.0\.0\.1:\d+\n.*\b[A-Z2-9]{4}-[A-Z2-9]{4}\n$/)
  })

  test('commands go through it, and what they change is felt at once', async () => {
    const server = await serve()
    await addOlga()
    const login = { username: 'olga', password: PASSWORD }
    expect((await rpc(server.url, 'session.login', login)).status).toBe(200)
    const renewed = await mantel(['passwd', 'olga', '--password-stdin'], { input: 'another mantelpiece\r\n' })
    expect([renewed.code, renewed.err]).toEqual([0, ''])
    expect((await rpc(server.url, 'session.login', login)).status).toBe(401)
    const now = { username: 'olga', password: 'another mantelpiece' }
    expect((await rpc(server.url, 'session.login', now)).status).toBe(200)
    // answered by the running server: nobody else can open the data directory
    expect((await answerOf(['users', 'ls'])).accounts[0].lastSeenAt).not.toBeNull()
  })

  test('a scan is started there, and waited for when asked', async () => {
    await serve()
    const folder = await pictures('one', 3)
    await addOlga()
    expect((await mantel(['folders', 'add', 'one'])).out).toBe(`Added ${folder}.\n`)
    const started = await mantel(['scan'])
    expect([started.code, started.err]).toEqual([0, ''])
    expect(started.out).toContain('Started to scan 1 folder')
    const waited = await answerOf(['scan', '--wait', 'one'])
    expect(waited.jobs).toMatchObject([{ state: 'done', folder }])
    expect((await mantel(['folders', 'rm', 'one'])).out).toBe(`Forgot ${folder}. No file was touched.\n`)
  })

  test('a second server on the same data refuses in one line', async () => {
    await serve()
    const second = await mantel(['serve', '--port', '0'])
    expect([second.code, second.out, second.err]).toEqual([
      1,
      '',
      `mantel: Mantel is already running on ${dataDir}.\n`,
    ])
  })

  test('a taken port and an address for others refuse in one line, and free the data', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo // a server that listens on a port has one of this form
    const taken = await mantel(['serve', '--port', String(port)])
    expect([taken.code, taken.err]).toEqual([
      1,
      `mantel: Port ${port} on 127.0.0.1 is taken by another program; choose one with --port\n`,
    ])
    const open = await mantel(['serve', '--host', '0.0.0.0', '--port', '0'])
    expect(open.code).toBe(1)
    expect(open.err).toMatch(/^mantel: Mantel serves this machine alone.*\n$/)
    await serve()
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s closes in order', async (signal) => {
    const server = await serve()
    const { code, err } = await server.stop(signal)
    expect([code, err.includes('error')]).toEqual([0, false])
    expect(existsSync(join(dataDir, 'mantel.sock'))).toBe(false)
    // a closed database has no log beside it
    expect(existsSync(join(dataDir, 'mantel.sqlite-wal'))).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('stopping npm run stops it too', async () => {
    const env = { ...process.env, MANTEL_DATA: dataDir, npm_lifecycle_event: 'mantel' }
    // npm's own shell: it dies of a signal and does not pass it on
    const shell = spawn('sh', ['-c', `"$0" "$1" serve --port 0; true`, process.execPath, program], { env })
    await once(shell.stdout, 'data')
    shell.kill('SIGTERM')
    await expect.poll(() => existsSync(join(dataDir, 'mantel.sock'))).toBe(false)
  })

  test('what a killed server leaves is no obstacle', async () => {
    const server = await serve()
    await addOlga()
    await server.kill()
    expect(existsSync(join(dataDir, 'mantel.sock'))).toBe(true)
    expect((await answerOf(['users', 'ls'])).accounts).toHaveLength(1)
    await serve()
    expect((await answerOf(['users', 'ls'])).accounts).toHaveLength(1)
  })

  test('a server that does not answer on its socket is told as such', async () => {
    await serve()
    await rm(join(dataDir, 'mantel.sock'))
    const { code, err } = await mantel(['users', 'ls'])
    expect([code, err]).toEqual([
      1,
      `mantel: Mantel is running on ${dataDir}, but does not answer on its local socket\n`,
    ])
  })

  test('the environment makes a super admin at the start', async () => {
    const environment = { MANTEL_ADMIN_USERNAME: 'rescue', MANTEL_ADMIN_PASSWORD: PASSWORD }
    const child = start(['serve', '--json', '--port', '0'], { environment })
    const [line] = await once(child.stdout ?? child, 'data')
    const { url, setupCode } = JSON.parse(String(line))
    expect(setupCode).toBeNull()
    expect((await rpc(url, 'session.login', { username: 'rescue', password: PASSWORD })).status).toBe(200)
  })
})
