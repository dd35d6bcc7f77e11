import { sql } from 'drizzle-orm'
import { mayList } from '../../access/filters.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { photosIn, timelineScope } from '../../access/scope.ts'
import type { PhotoFilter, View } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { countListedTags } from '../overlays/tag-list.ts'
import { findList, type PhotoList, rowsOf } from './lists.ts'
import { countMonths } from './months.ts'

interface Asked {
  view?: View | undefined
  /** `MM-DD` */
  today: string
}

/** How many photos each list has that needs no choice but today's, and how many tags are listed; null for what is not for this account. */
export async function countShelves(db: Read, by: AccountPrincipal, { view, today }: Asked, now: number) {
  const count = async (filter: PhotoFilter) =>
    mayList(by, filter.by) ? countList(db, await findList(db, by, { view, filter }, now)) : null
  const countTags = async () =>
    mayList(by, 'tag') ? countListedTags(db, await timelineScope(db, by, view), by) : null
  const [favourites, recent, onThisDay, archived, hidden, offline, failed, rated, tags] = await Promise.all([
    count({ by: 'favourites' }),
    count({ by: 'recent' }),
    count({ by: 'onThisDay', day: today }),
    count({ by: 'archived' }),
    count({ by: 'private' }),
    count({ by: 'offline' }),
    count({ by: 'failed' }),
    count({ by: 'rating', atLeast: 1 }),
    countTags(),
  ])
  return { favourites, recent, onThisDay, archived, private: hidden, offline, failed, rated, tags }
}

async function countList(db: Read, list: PhotoList): Promise<number> {
  if (!list.held) return (await countMonths(db, list)).reduce((sum, { count }) => sum + count, 0)
  const [row] = await db.all<{ count: number }>(
    sql`select count(*) as count from ${rowsOf(list)} where ${photosIn(list.scope)}`,
  )
  return row?.count ?? 0
}
