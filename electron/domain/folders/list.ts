import { and, asc, eq, isNull } from 'drizzle-orm'
import { administrationScope } from '../../access/scope.ts'
import type { Folder } from '../../contract/folders.ts'
import type { Read } from '../../db/connect.ts'
import { accounts, areas, grants } from '../../db/schema.ts'
import type { Actor } from '../accounts/rules.ts'
import { readTopDirectories } from '../library/directories.ts'
import { countByArea } from '../library/months.ts'
import type { Watching } from '../watch/watching.ts'

interface ListNeeds {
  db: Read
  watching: Pick<Watching, 'of'>
}

/** The household's folders by path, each with what lies in it (nested ones included) and who is granted it. */
export async function listFolders({ db, watching }: ListNeeds, by: Actor, id?: number): Promise<Folder[]> {
  const rows = await db.select().from(areas).orderBy(asc(areas.path))
  const holders = Map.groupBy(await listHolders(db), (holder) => holder.areaId)
  const directoryIds = await readTopDirectories(db)
  const counts = await countByArea(db, await administrationScope(db, by))
  const countOf = (areaId: number): number =>
    rows
      .filter((row) => row.parentId === areaId)
      .reduce((sum, nested) => sum + countOf(nested.id), counts.get(areaId) ?? 0)
  return rows
    .filter((row) => (id === undefined ? row.registered || holders.has(row.id) : row.id === id))
    .map((row) => ({
      id: row.id,
      path: row.path,
      directoryId: directoryIds.get(row.id) ?? null,
      online: row.status === 'online',
      offlineReason: row.statusReason,
      vanishedCount: row.vanishedCount,
      registered: row.registered,
      photoCount: countOf(row.id),
      lastScanAt: row.lastScanAt,
      ...watchOf(watching, row.path),
      accounts: (holders.get(row.id) ?? []).map(({ areaId: _area, ...holder }) => holder),
    }))
}

function watchOf(watching: ListNeeds['watching'], path: string) {
  const { watched, reason } = watching.of(path)
  return { watched, watchProblem: reason }
}

function listHolders(db: Read) {
  return db
    .select({
      areaId: grants.areaId,
      id: accounts.id,
      username: accounts.username,
      name: accounts.name,
      access: grants.access,
    })
    .from(grants)
    .innerJoin(accounts, and(eq(accounts.id, grants.accountId), isNull(accounts.deletedAt)))
    .orderBy(asc(accounts.username))
}
