import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { openOperator } from '../../electron/cli/operator.ts'
import { createLog } from '../../electron/lib/log.ts'
import { type CommandLine, openCommandLine, PASSWORD, program } from '../support/command-line.ts'

// Every example of docs/command-line.md, in its order, against one household: what it prints and how it ends.

const DOCUMENT = new URL('../../docs/command-line.md', import.meta.url)
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
/** The folders of the examples, with how many pictures lie in each. */
const FOLDERS = { ada: 3, family: 2, garden: 4, attic: 1 }

interface Example {
  section: string
  command: string
  /** the lines below the command */
  expected: string
}

/** The commands of all `console` fences: a line that begins with `$ `, and what is printed below it. */
function examplesIn(markdown: string): Example[] {
  const found: Example[] = []
  for (const part of markdown.split(/^## /m).slice(1)) {
    const section = part.split('\n', 1)[0] ?? ''
    for (const [, fence = ''] of part.matchAll(/^```console\n(.*?)^```$/gms))
      for (const example of fence.split(/^\$ /m).slice(1)) {
        const [command = '', ...expected] = example.trimEnd().split('\n')
        found.push({ section, command, expected: expected.join('\n') })
      }
  }
  return found
}

/** Without what differs from day to day and from machine to machine: places, moments, how long it took, how wide columns are. */
const comparable = (output: string, root: string) =>
  output
    .replaceAll(`${root}/`, '/')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'MOMENT')
    .replaceAll(/\b\d+(\.\d)? s\b/g, 'DURATION')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/g, 'CODE')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/^\d+ (?=scan )/gm, 'ID ')
    .replaceAll(/ +$/gm, '')
    .trimEnd()

/** A shell in the household's folder that knows `mantel`; the paths of the examples lie below that folder. */
async function openShell(line: CommandLine) {
  const bin = join(line.root, 'bin')
  await mkdir(bin)
  const script = `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`
  await writeFile(join(bin, 'mantel'), script, { mode: 0o755 })
  return (command: string) => {
    const environment = { MANTEL_DATA: line.dataDir, PATH: `${bin}:${process.env.PATH}` }
    const placed = command.replaceAll(' /photos/', ` ${line.root}/photos/`)
    const child = spawn('/bin/sh', ['-c', `${placed} 2>&1`], {
      cwd: line.root,
      env: { ...process.env, npm_lifecycle_event: '', ...environment },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
}

async function open() {
  const line = await openCommandLine()
  await mkdir(join(line.root, 'photos'))
  for (const [name, count] of Object.entries(FOLDERS)) await line.pictures(join('photos', name), count)
  await writeFile(join(line.root, 'password.txt'), `${PASSWORD}\n`)
  const shell = await openShell(line)
  return {
    line,
    async run(command: string) {
      const child = shell(command)
      child.stdin.end()
      const [printed] = await Promise.all([text(child.stdout), once(child, 'close')])
      return { code: child.exitCode, printed }
    },
    /** Starts the server of the first example; answers what it tells and its address. */
    async serve(command: string) {
      const child = shell(`exec ${command} --port 0`)
      let out = ''
      child.stdout.on('data', (chunk) => {
        out += chunk
      })
      await expect.poll(() => out.trim().split('\n').length).toBe(2)
      const stop = async () => {
        child.kill('SIGTERM')
        if (child.exitCode === null) await once(child, 'exit')
      }
      return { printed: out, url: /http:\S+/.exec(out)?.[0] ?? '', stop }
    },
  }
}

async function logIn(url: string, username: string): Promise<void> {
  const answer = await fetch(`${url}/rpc/session.login`, {
    method: 'POST',
    headers: { 'x-mantel': '1', 'content-type': 'application/json', 'user-agent': FIREFOX },
    body: JSON.stringify({ username, password: PASSWORD }),
  })
  expect(answer.status).toBe(200)
}

const operatorOf = ({ dataDir }: CommandLine) =>
  openOperator({ dataDir, log: createLog(() => undefined), mayMake: false, works: false })

/** Keeps the server from scanning by itself: which of the jobs is the latest would depend on how long the examples take. */
async function leaveAlone(line: CommandLine): Promise<void> {
  const operator = await operatorOf(line)
  await operator.call('settings.setLibrary', { watch: false, rescan: { every: 'never' } })
  await operator.close()
}

/** Waits until nothing is queued or running in the server. */
async function settled(line: CommandLine): Promise<void> {
  const operator = await operatorOf(line)
  const open = async () =>
    (await operator.call('jobs.list', {})).jobs.filter(({ state }) => ['queued', 'running'].includes(state))
  await expect.poll(open).toEqual([])
  await operator.close()
}

const endsWell = ({ expected }: Example) => !/^mantel: /m.test(expected)

test('with a server running, every example prints what is written', { timeout: 900_000 }, async () => {
  const { line, run, serve } = await open()
  const [first, ...examples] = examplesIn(await readFile(DOCUMENT, 'utf8'))
  if (!first) throw new Error('no example')
  const server = await serve(first.command)
  expect(comparable(server.printed, line.root)).toBe(comparable(first.expected, ''))
  await leaveAlone(line)
  let section = ''
  for (const example of examples) {
    if (example.section === 'sessions' && section !== 'sessions')
      for (const username of ['ada', 'rose']) await logIn(server.url, username)
    section = example.section
    await settled(line)
    const { code, printed } = await run(example.command)
    const shown = comparable(printed, line.root)
    expect.soft({ command: example.command, code, printed: shown }).toEqual({
      command: example.command,
      code: endsWell(example) ? 0 : 1,
      printed: comparable(example.expected, ''),
    })
  }
  await server.stop()
})

test('with none, every example ends in the same way', { timeout: 900_000 }, async () => {
  const { line, run } = await open()
  const examples = examplesIn(await readFile(DOCUMENT, 'utf8')).slice(1)
  let section = ''
  for (const example of examples) {
    if (example.section === 'sessions' && section !== 'sessions') {
      const server = await line.serve()
      for (const username of ['ada', 'rose']) await logIn(server.url, username)
      await server.stop('SIGTERM')
    }
    section = example.section
    const { code, printed } = await run(example.command)
    expect.soft({ command: example.command, code, printed }).toMatchObject({
      command: example.command,
      code: endsWell(example) ? 0 : 1,
    })
  }
})
