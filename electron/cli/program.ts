import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import type { ApiError, ErrorCode } from '../contract/errors.ts'
import { StorageError } from '../db/errors.ts'
import { AlreadyRunningError } from '../db/lock.ts'
import { ListenError } from '../doors/http-server.ts'
import { DEFAULT_HOST, DEFAULT_PORT } from '../headless.ts'
import { defaultDataDirectory } from '../lib/data-directory.ts'
import { createLog, type Log } from '../lib/log.ts'
import { makeDemo } from './demo.ts'
import { CommandFailure, RefusedFailure, UsageFailure } from './failure.ts'
import { acceptVanished, addFolder, listFolders, removeFolder } from './folders.ts'
import { listJobs, pauseJob, resumeJob, scan } from './jobs.ts'
import { openOperator } from './operator.ts'
import type { Context } from './output.ts'
import { whereTyped } from './paths.ts'
import { serve } from './serve.ts'
import { addUser, listUsers, modifyUser, removeUser, setPassword } from './users.ts'

interface GlobalOptions {
  data: string
  json: boolean
}

const machine = { platform: process.platform, home: homedir(), environment: process.env }

const toError = (line: string) => void process.stderr.write(`${line}\n`)

/** Every entry: what a server did is its log. */
const serverLog = createLog(toError)
/** A short command tells only what went wrong. */
const quietLog: Log = { ...serverLog, info: () => undefined }

/** Runs one command line (without the program's own name) and answers its exit code: 0 done, 1 refused or failed, 2 misused. */
export async function run(args: string[]): Promise<number> {
  const program = createProgram()
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    return tellFailure(error, program.opts<GlobalOptions>().json)
  }
}

function createProgram(): Command {
  const program = new Command('mantel')
    .description('The photo server of a household, without its window')
    .version(manifest.version, '--version', 'print the version')
    .helpOption('--help', 'explain a command')
    .option('--data <dir>', 'the data directory (also: MANTEL_DATA)', toFolder, defaultDataDirectory(machine))
    .option('--json', 'print results as JSON', false)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'mantel: ')) })
    .exitOverride()
    .showHelpAfterError('(see mantel --help)')
  addServe(program)
  addUsers(program)
  addFolders(program)
  addJobs(program)
  addDemo(program)
  return program
}

function addServe(program: Command) {
  program
    .command('serve')
    .description('serve the household to browsers on this machine')
    .option('--host <address>', 'a loopback address', DEFAULT_HOST)
    .option('--port <number>', 'the port; 0 takes any free one', toPort, DEFAULT_PORT)
    .action(async (options: { host: string; port: number }) => {
      const { json } = program.opts<GlobalOptions>()
      await serve({ dataDir: dataDirOf(program), log: serverLog, json, ...options })
    })
}

const several = (value: string, before: string[] = []) => [...before, value]
const FOLDER =
  'a folder for the account; with :ro behind the path it may only be read; can be given several times'

function addUsers(program: Command) {
  const users = program.command('users').description('the accounts of the household')
  users.command('ls').description('list them').action(withOperator(program, listUsers))
  users
    .command('add <username>')
    .description('add one; the password is asked for on the terminal')
    .option('--role <role>', 'admin, user, viewer or guest (default: user; admin for a super admin)')
    .option('--superadmin', 'may do everything; the first account has to be one')
    .option('--folder <path[:ro]>', FOLDER, several)
    .option('--name <name>', 'the display name')
    .option('--email <address>', 'the e-mail address')
    .option('--password-stdin', 'read the password from standard input')
    .action(withOperator(program, addUser, { mayMake: true }))
  users
    .command('mod <username>')
    .description('change what is named; all else stays as it is')
    .option('--username <name>', 'a new username')
    .option('--name <name>', 'the display name')
    .option('--role <role>', 'admin, user, viewer or guest')
    .option('--superadmin', 'make it a super admin')
    .option('--no-superadmin', 'take that away')
    .option('--login', 'let it log in')
    .option('--no-login', 'end its sessions and let it log in no more')
    .option(
      '--folder <path[:ro]>',
      `${FOLDER}. Added to those it has; one it has already changes its access`,
      several,
    )
    .option('--remove-folder <path>', 'take a folder away; can be given several times', several)
    .option('--email <address>', 'the e-mail address; "" for none')
    .option('--password-stdin', 'read a new password from standard input')
    .action(withOperator(program, modifyUser))
  users
    .command('rm <username>')
    .description('remove one; no file is touched')
    .action(withOperator(program, removeUser))
  program
    .command('passwd <username>')
    .description('set a new password and end all sessions of the account')
    .option('--password-stdin', 'read the password from standard input')
    .action(
      withOperator(program, (context, username: string, options: { passwordStdin?: boolean }) =>
        setPassword(context, username, options.passwordStdin ?? false),
      ),
    )
}

function addFolders(program: Command) {
  const folders = program.command('folders').description('the folders the household knows')
  folders.command('ls').description('list them').action(withOperator(program, listFolders))
  folders
    .command('add <path>')
    .description('add one, for admins to grant')
    .action(withOperator(program, addFolder, { mayMake: true }))
  folders
    .command('rm <path>')
    .description('forget one that nobody is granted; no file is touched')
    .action(withOperator(program, removeFolder))
  folders
    .command('accept <folder>')
    .description('what its last scan did not find, so that it went offline, is really gone; its path or id')
    .action(withOperator(program, acceptVanished, { works: true }))
}

function addJobs(program: Command) {
  program
    .command('scan [paths...]')
    .description('look for new and changed pictures in all folders, or in those named')
    .option('--wait', 'end when the scan has ended (always so where no server is running)')
    .action(
      withOperator(
        program,
        (context, paths: string[], options: { wait?: boolean }) =>
          scan(context, paths, options.wait ?? false),
        { works: true },
      ),
    )
  const jobs = program
    .command('jobs')
    .description('list what Mantel does and did in the background, the latest first')
    .option('--limit <number>', 'how many', toLimit, 20)
    .action(withOperator(program, (context, options: { limit: number }) => listJobs(context, options.limit)))
  jobs
    .command('pause')
    .description('stop one that is waiting or running, until it is resumed')
    .argument('<id>', 'its number in the list', toId)
    .action(withOperator(program, pauseJob))
  jobs
    .command('resume')
    .description('let a paused one go on')
    .argument('<id>', 'its number in the list', toId)
    .action(withOperator(program, resumeJob))
}

function addDemo(program: Command) {
  program
    .command('demo')
    .description('fill an empty household with three people and pictures drawn for them')
    .requiredOption('--pictures <dir>', 'where to draw the pictures')
    .action(
      withOperator(
        program,
        (context, options: { pictures: string }) =>
          makeDemo(context, resolve(whereTyped(), options.pictures)),
        { mayMake: true, works: true },
      ),
    )
}

/** A commander action that opens the household, runs the verb and closes it again. */
function withOperator<A extends unknown[]>(
  program: Command,
  verb: (context: Context, ...args: A) => Promise<void>,
  { mayMake = false, works = false } = {},
) {
  return async (...args: A) => {
    const { json } = program.opts<GlobalOptions>()
    const operator = await openOperator({ dataDir: dataDirOf(program), log: quietLog, mayMake, works })
    try {
      await verb(
        {
          operator,
          tell: (result, text) => console.log(json ? JSON.stringify(result) : text),
          note: (text) => json || toError(text),
        },
        ...args,
      )
    } finally {
      await operator.close()
    }
  }
}

const dataDirOf = (program: Command) => resolve(whereTyped(), program.opts<GlobalOptions>().data)

function toFolder(value: string): string {
  if (value === '') throw new InvalidArgumentError('A folder has a name.')
  return value
}

function toPort(value: string): number {
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

function toId(value: string): number {
  const id = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(id) || id < 1)
    throw new InvalidArgumentError('The number of a job.')
  return id
}

function toLimit(value: string): number {
  const limit = Number(value)
  if (!/^\d+$/.test(value) || limit < 1 || limit > 500)
    throw new InvalidArgumentError('A number from 1 to 500.')
  return limit
}

/** Failures that are told by their message alone; any other is a fault of ours and comes with its stack. */
const EXPECTED: [kind: new (...args: never[]) => Error, code: ErrorCode][] = [
  [CommandFailure, 'invalid'],
  [UsageFailure, 'invalid'],
  [AlreadyRunningError, 'conflict'],
  [StorageError, 'unavailable'],
  [ListenError, 'unavailable'],
]

/** Tells a failure in one line on standard error, with `--json` as the API's envelope; answers the exit code. */
function tellFailure(error: unknown, json: boolean): number {
  // commander has told it already
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const code = EXPECTED.find(([kind]) => error instanceof kind)?.[1]
  const told: ApiError =
    error instanceof RefusedFailure
      ? error.error
      : { code: code ?? 'internal', message: messageOf(error, !code) }
  toError(json ? JSON.stringify({ ok: false, error: told }) : `mantel: ${told.message}`)
  return error instanceof UsageFailure ? 2 : 1
}

function messageOf(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return String(error)
  return (withStack && error.stack) || error.message
}
