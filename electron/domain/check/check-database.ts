import type { Connection } from '../../db/connection.ts'
import { triggers } from '../../db/triggers.ts'

/** What is wrong with the database; all empty or 0 where nothing is. */
export interface DatabaseFindings {
  /** SQLite's own sentences about damage, 20 at most */
  damage: string[]
  /** rows that refer to missing ones */
  danglingRows: number
  /** months whose number of photos is not what is counted */
  wrongCounts: number
  /** triggers that are missing or others than this version's */
  wrongTriggers: string[]
}

const DAMAGE_TOLD = 20

/** Looks through the whole database. Throws `StorageError` where it cannot be read at all. */
export async function checkDatabase(connection: Connection): Promise<DatabaseFindings> {
  const found = await connection.all(`pragma integrity_check(${DAMAGE_TOLD})`)
  const damage = found.map((row) => String(Object.values(row)[0])).filter((text) => text !== 'ok')
  const dangling = await connection.all('pragma foreign_key_check')
  const [counts] = await connection.all(WRONG_COUNTS)
  const present = await connection.all("select name, sql from sqlite_master where type = 'trigger'")
  const sqlOf = new Map(present.map(({ name, sql }) => [String(name), String(sql).toLowerCase()]))
  return {
    damage,
    danglingRows: dangling.length,
    wrongCounts: Number(counts?.wrong),
    wrongTriggers: [...triggers].flatMap(([name, sql]) =>
      sqlOf.get(name) === sql.toLowerCase() ? [] : [name],
    ),
  }
}

/** Both ways round: months that are missing, that are too many, and that hold another number. */
const WRONG_COUNTS = `with
  counted as (select area_id, shelf, month, count(*) as count from photos group by area_id, shelf, month),
  kept as (select area_id, shelf, month, count from month_counts)
  select (select count(*) from (select * from counted except select * from kept))
    + (select count(*) from (select * from kept except select * from counted)) as wrong`
