import { makeDemoFolders } from '../demo/folders.ts'
import { DEMO_PASSWORD, demoAccounts } from '../demo/household.ts'
import { scan } from './jobs.ts'
import { type Context, table } from './output.ts'

/**
 * `mantel demo`: draws pictures into a folder and makes three accounts with them. For an empty household; a name that is taken is
 * refused like any other.
 */
export async function makeDemo(context: Context, picturesFolder: string): Promise<void> {
  const { operator, tell, note } = context
  note('Drawing pictures for three people…')
  const accounts = demoAccounts(await makeDemoFolders(picturesFolder))
  for (const account of accounts) await operator.call('accounts.create', account)
  await scan({ ...context, tell: () => undefined }, [], true)
  const rows = accounts.map(({ username, name = '', role }) => [username, DEMO_PASSWORD, name, role])
  tell({ accounts }, table(['USERNAME', 'PASSWORD', 'NAME', 'ROLE'], rows))
}
