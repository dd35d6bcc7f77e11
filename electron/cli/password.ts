import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { CommandFailure } from './failure.ts'

/**
 * A new password: with `fromStdin` all that is piped in, without its last line end; else typed twice on the terminal without
 * being shown. Throws {@link CommandFailure} where there is no terminal or the two differ.
 */
export async function readNewPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin) return (await text(process.stdin)).replace(/\r?\n$/, '')
  if (!process.stdin.isTTY)
    throw new CommandFailure(
      'There is no terminal to ask for the password on; pipe it in with --password-stdin',
    )
  const [first, second] = await askUnseen(['New password: ', 'The same again: '])
  if (first === undefined || second === undefined) throw new CommandFailure('Cancelled; nothing was changed')
  if (first !== second) throw new CommandFailure('The two passwords differ; nothing was changed')
  return first
}

/** Asks on the terminal without echo; fewer answers than questions where the person broke it off. */
async function askUnseen(questions: string[]): Promise<string[]> {
  // readline echoes to its output: here, nowhere
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 })
  terminal.once('SIGINT', () => terminal.close())
  const lines = terminal[Symbol.asyncIterator]()
  const answers: string[] = []
  try {
    for (const question of questions) {
      // not to standard output, which may be read by a script
      process.stderr.write(question)
      const { done, value } = await lines.next()
      process.stderr.write('\n')
      if (done) break
      answers.push(value)
    }
  } finally {
    terminal.close()
  }
  return answers
}
