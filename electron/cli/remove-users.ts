import type { Context } from './output.ts'
import { findAccount } from './users.ts'

/** `mantel users rm`. Files on disk stay. */
export async function removeUser(context: Context, username: string): Promise<void> {
  const account = await findAccount(context, username)
  const result = await context.operator.call('accounts.remove', { id: account.id })
  context.tell(result, `Removed ${account.username}. No file was touched.`)
}
