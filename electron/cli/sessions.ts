import { CommandFailure, UsageFailure } from './failure.ts'
import { type Context, countOf, moment, table } from './output.ts'
import { findAccount } from './users.ts'

/** `mantel sessions ls`: everybody's, or those of one account. */
export async function listSessions(context: Context, username: string | undefined): Promise<void> {
  const { operator, tell } = context
  const accountId = username === undefined ? undefined : (await findAccount(context, username)).id
  const result = await operator.call('sessions.list', accountId === undefined ? {} : { accountId })
  const rows = result.sessions.map((session) => [
    String(session.id),
    session.username,
    session.device,
    session.address,
    moment(session.createdAt),
    moment(session.lastUsedAt),
    moment(session.expiresAt),
  ])
  tell(
    result,
    rows.length === 0
      ? 'Nobody is logged in.'
      : table(['ID', 'USERNAME', 'DEVICE', 'ADDRESS', 'SINCE', 'LAST USED', 'ENDS'], rows),
  )
}

/** `mantel sessions rm`: ends one by its id, or all of an account. Throws {@link UsageFailure} unless one of the two is named. */
export async function endSessions(
  context: Context,
  id: number | undefined,
  { allOf }: { allOf?: string },
): Promise<void> {
  const { operator, tell } = context
  if ((id === undefined) === (allOf === undefined))
    throw new UsageFailure('Name the id of a session, or an account with --all-of')
  if (id !== undefined) {
    const { sessions } = await operator.call('sessions.list', {})
    const found = sessions.find((session) => session.id === id)
    if (!found) throw new CommandFailure(`There is no session ${id}; "mantel sessions ls" lists them`)
    await operator.call('sessions.revoke', { id })
    return tell({ ended: [id] }, `Ended session ${id} of ${found.username}.`)
  }
  const account = await findAccount(context, allOf ?? '')
  const { sessions } = await operator.call('sessions.list', { accountId: account.id })
  for (const session of sessions) await operator.call('sessions.revoke', { id: session.id })
  tell(
    { ended: sessions.map((session) => session.id) },
    `Ended ${countOf(sessions.length, 'session')} of ${account.username}.`,
  )
}
