import type { Output } from '../contract/contract.ts'
import type { RemovalMode } from '../contract/values.ts'
import { confirm } from './confirm.ts'
import { CommandFailure, UsageFailure } from './failure.ts'
import { type Context, countOf, moment, table } from './output.ts'
import { findAccount } from './users.ts'

interface RemoveOptions {
  keep?: boolean
  transferTo?: string
  now?: boolean
  yes?: boolean
}

/**
 * `mantel users rm`: tells what the account holds and asks, then deletes it in one of three ways. Files on disk stay. Throws
 * {@link UsageFailure} for two ways at once, {@link CommandFailure} where nobody said yes.
 */
export async function removeUser(context: Context, username: string, options: RemoveOptions): Promise<void> {
  const { operator, tell, note } = context
  const mode = modeOf(options)
  const account = await findAccount(context, username)
  const heir = options.transferTo === undefined ? null : await findAccount(context, options.transferTo)
  const preview = await operator.call('accounts.previewRemove', { id: account.id })
  note(`${account.username} has ${holdingsOf(preview)}.`)
  if (!options.yes) await confirm(`Remove ${account.username}?`)
  const result = await operator.call('accounts.remove', {
    id: account.id,
    mode,
    ...(heir && { transferTo: heir.id }),
  })
  const until = result.restorableUntil
  const what = heir ? `The albums and links are with ${heir.username} now. ` : ''
  const rest =
    until === null
      ? `What it added to photos is removed${operator.serverRuns ? '' : ' once Mantel runs'}.`
      : `Until ${moment(until)} "mantel users restore ${account.username}" brings it back.`
  tell(result, `Removed ${account.username}; no file was touched. ${what}${rest}`)
}

function modeOf({ keep, transferTo, now }: RemoveOptions): RemovalMode {
  const named = [keep && 'keep', transferTo !== undefined && 'transfer', now && 'now'] as const
  const modes = named.filter((one) => typeof one === 'string')
  if (modes.length > 1) throw new UsageFailure('Name one of --keep, --transfer-to and --now')
  return modes[0] ?? 'keep'
}

type Held = Pick<Output<'accounts.previewRemove'>, 'holdings' | 'photosOnlyTheirs'>

function holdingsOf({ holdings, photosOnlyTheirs }: Held): string {
  const shared = holdings.albumsOfSeveral > 0 ? ` (${holdings.albumsOfSeveral} with others)` : ''
  return [
    `${countOf(photosOnlyTheirs, 'photo')} that nobody else sees`,
    `${countOf(holdings.albums, 'album')}${shared}`,
    countOf(holdings.shares, 'link'),
    countOf(holdings.appPasswords, 'app password'),
    countOf(holdings.favourites, 'favourite'),
    countOf(holdings.ratings, 'rating'),
    countOf(holdings.captions, 'caption'),
    countOf(holdings.tags, 'tag'),
  ].join(', ')
}

/** `mantel users ls --deleted` */
export async function listRemoved({ operator, tell }: Context): Promise<void> {
  const result = await operator.call('accounts.removed', {})
  const rows = result.accounts.map((account) => [
    String(account.id),
    account.username,
    account.name,
    moment(account.deletedAt),
    moment(account.purgeAfter),
    holdingsOf(account),
  ])
  tell(
    result,
    rows.length === 0
      ? 'No deleted account can be restored.'
      : table(['ID', 'USERNAME', 'NAME', 'DELETED', 'KEPT UNTIL', 'HOLDS'], rows),
  )
}

/**
 * `mantel users restore`: the deleted account of that username, or of that id where several had it. Throws {@link CommandFailure} where
 * there is none, or no telling which.
 */
export async function restoreUser(
  { operator, tell }: Context,
  typed: string,
  { as: username }: { as?: string },
): Promise<void> {
  const { accounts } = await operator.call('accounts.removed', {})
  const named = accounts.filter((account) => account.username === typed.toLowerCase())
  const found = named.length > 0 ? named : accounts.filter(({ id }) => String(id) === typed)
  const [account] = found
  if (!account)
    throw new CommandFailure(
      `No deleted account is called ${typed}; "mantel users ls --deleted" lists those that can be restored`,
    )
  if (found.length > 1)
    throw new CommandFailure(
      `Several deleted accounts were called ${typed}; name one by its id: ${found.map(({ id }) => id).join(', ')}`,
    )
  const result = await operator.call('accounts.restore', {
    id: account.id,
    ...(username !== undefined && { username }),
  })
  tell(result, `Restored ${result.username}.`)
}
