import { createInterface } from 'node:readline/promises'
import { CommandFailure } from './failure.ts'

/**
 * Asks on the terminal whether to go on. Throws {@link CommandFailure} unless the answer is yes, and where there is no terminal to ask
 * on.
 */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new CommandFailure(
      'There is no terminal to ask on, so nothing was changed; --yes goes on without asking',
    )
  // not to standard output, which may be read by a script
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // whoever closes the terminal has not said yes
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed])
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailure('Cancelled; nothing was changed')
}
