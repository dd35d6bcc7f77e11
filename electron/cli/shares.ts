import type { Link } from '../contract/shares.ts'
import { CommandFailure } from './failure.ts'
import { type Context, countOf, moment, table } from './output.ts'

/** `mantel shares ls`: every link of the household, and what is shared with accounts by name. Addresses are told to their owners alone. */
export async function listShares({ operator, tell }: Context): Promise<void> {
  const result = await operator.call('shares.overview', { everyone: true })
  const rows = result.links.map((link) => [
    String(link.id),
    link.creator.username,
    what(link),
    link.direct ? withWhom(link) : 'link',
    String(link.count),
    moment(link.createdAt),
    moment(link.expiresAt),
    link.viewLimit === null ? String(link.views) : `${link.views} of ${link.viewLimit}`,
    moment(link.lastOpenedAt),
    link.closed ?? 'open',
  ])
  const header = ['ID', 'BY', 'WHAT', 'WITH', 'PHOTOS', 'SINCE', 'UNTIL', 'VIEWS', 'LAST OPENED', 'STATE']
  tell(result, rows.length === 0 ? 'Nothing is shared.' : table(header, rows))
}

/** `mantel shares rm`: takes a link, or what is shared with accounts, back for good. Throws {@link CommandFailure} where there is none of that id. */
export async function removeShare({ operator, tell }: Context, id: number): Promise<void> {
  const { links } = await operator.call('shares.overview', { everyone: true })
  const found = links.find((link) => link.id === id)
  if (!found) throw new CommandFailure(`There is no link ${id}; "mantel shares ls" lists them`)
  await operator.call('shares.revoke', { id })
  const { length } = found.guests
  const lost = length > 0 ? ` ${countOf(length, 'account')} had it${found.direct ? '' : ' open'}.` : ''
  tell(
    { revoked: id },
    `Took back ${found.direct ? 'share' : 'link'} ${id} of ${found.creator.username} (${what(found)}).${lost}`,
  )
}

const withWhom = ({ guests }: Link): string =>
  guests.length > 0 ? guests.map(({ username }) => username).join(', ') : 'nobody'

/** What a link is to, with what its owner calls it. */
function what({ content, label, count }: Link): string {
  const named = content.kind === 'photos' ? countOf(count, 'photo') : `${content.kind} ${content.title}`
  return label ? `${named}: ${label}` : named
}
