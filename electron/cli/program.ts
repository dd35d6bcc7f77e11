import { homedir } from 'node:os'
import { Command, CommanderError } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import type { ApiError, ErrorCode } from '../contract/errors.ts'
import { StorageError } from '../db/errors.ts'
import { AlreadyRunningError } from '../db/lock.ts'
import { ListenError } from '../doors/listen.ts'
import { defaultDataDirectory } from '../lib/data-directory.ts'
import { type GlobalOptions, toError } from './command.ts'
import { addAudit } from './commands/audit.ts'
import { addBackup } from './commands/backup.ts'
import { addDemo } from './commands/demo.ts'
import { addFlags } from './commands/flags.ts'
import { addFolders } from './commands/folders.ts'
import { addJobs } from './commands/jobs.ts'
import { addMoveIn } from './commands/move-in.ts'
import { addOverlays } from './commands/overlays.ts'
import { addServe } from './commands/serve.ts'
import { addSessions } from './commands/sessions.ts'
import { addShares } from './commands/shares.ts'
import { addPasswd, addUsers } from './commands/users.ts'
import { CommandFailure, RefusedFailure, UsageFailure } from './failure.ts'
import { toFolder } from './options.ts'
import { printable, printableJson, printableText } from './terminal.ts'

const machine = { platform: process.platform, home: homedir(), environment: process.env }

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
    .configureOutput({
      outputError: (text, write) => write(printableText(text.replace(/^error: /, 'mantel: '))),
    })
    .exitOverride()
    .showHelpAfterError('(see mantel --help)')
  // in the order the help lists them
  const nouns = [
    addServe,
    addUsers,
    addPasswd,
    addSessions,
    addFolders,
    addShares,
    addJobs,
    addAudit,
    addFlags,
    addOverlays,
    addMoveIn,
    addBackup,
    addDemo,
  ]
  for (const add of nouns) add(program)
  return program
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
  const told = error instanceof RefusedFailure ? error.error : errorOf(error)
  // a stack has lines of its own
  const text = told.code === 'internal' ? printableText(told.message) : printable(told.message)
  toError(json ? printableJson({ ok: false, error: told }) : `mantel: ${text}`)
  return error instanceof UsageFailure ? 2 : 1
}

function errorOf(error: unknown): ApiError {
  if (!(error instanceof Error)) return { code: 'internal', message: String(error) }
  const code = EXPECTED.find(([kind]) => error instanceof kind)?.[1]
  return code ? { code, message: error.message } : { code: 'internal', message: error.stack || error.message }
}
