import { resolve } from 'node:path'
import type { Command } from 'commander'
import { createLog, type Log } from '../lib/log.ts'
import { openOperator } from './operator.ts'
import type { Context } from './output.ts'
import { whereTyped } from './paths.ts'
import { printableJson, printableText } from './terminal.ts'

/** The options of every command. */
export interface GlobalOptions {
  data: string
  json: boolean
}

export const toError = (line: string) => void process.stderr.write(`${line}\n`)

/** Every entry: what a server did is its log. */
export const serverLog = createLog(toError)
/** A short command tells only what went wrong. */
export const quietLog: Log = { ...serverLog, info: () => undefined }

/** A commander action that opens the household, runs the verb and closes it again. */
export function withOperator<A extends unknown[]>(
  program: Command,
  verb: (context: Context, ...args: A) => Promise<void>,
  { mayMake = false, works = false } = {},
) {
  return async (...args: A) => {
    const operator = await openOperator({ dataDir: dataDirOf(program), log: quietLog, mayMake, works })
    try {
      await verb({ operator, ...tellerOf(program) }, ...args)
    } finally {
      await operator.close()
    }
  }
}

/** How a command tells what came of it, for one that needs no open household. */
export function tellerOf(program: Command): Pick<Context, 'tell' | 'note'> {
  const { json } = program.opts<GlobalOptions>()
  return {
    tell: (result, text) => console.log(json ? printableJson(result) : printableText(text)),
    note: (text) => json || toError(printableText(text)),
  }
}

/** The household's data directory, absolute. */
export const dataDirOf = (program: Command) => resolve(whereTyped(), program.opts<GlobalOptions>().data)
