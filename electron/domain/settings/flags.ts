import { eq, sql } from 'drizzle-orm'
import type { Flag, Flags } from '../../contract/flags.ts'
import { FLAGS } from '../../contract/values.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { flags } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Actor, requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'

/** Features a household has to ask for: they open doors to the outside. */
const OFF_AT_FIRST: readonly Flag[] = ['webdav', 'lan', 'registration']

/** Column of any query: the flags that were ever switched, as JSON for {@link flagsWith}. */
export const switchedFlags = sql<string>`(select json_group_object(${flags.name}, ${flags.enabled}) from ${flags})`

/** Every flag: as it was switched, else as it is at first. Names that this version does not know are left out. */
export function flagsWith(switched: string): Flags {
  // written by `writeFlags`: names with 0 or 1
  const stored = new Map(Object.entries(JSON.parse(switched) as Record<string, 0 | 1>))
  const isOn = (flag: Flag) => (stored.has(flag) ? stored.get(flag) === 1 : !OFF_AT_FIRST.includes(flag))
  // every key of the record is filled from the closed list
  return Object.fromEntries(FLAGS.map((flag) => [flag, isOn(flag)])) as Record<Flag, boolean>
}

/** The household's features at this moment. */
export async function readFlags(read: Read | Tx): Promise<Flags> {
  const [row] = await read.all<{ switched: string }>(sql`select ${switchedFlags} as switched`)
  return flagsWith(row?.switched ?? '{}')
}

/**
 * Switches the features given, undefined leaves one as it is; answers which of them are different now. Throws `Refusal` for an actor that
 * lost its session or rights meanwhile.
 */
export async function writeFlags(
  { db, clock }: { db: Database; clock: Clock },
  by: Actor,
  changes: { [F in Flag]?: boolean | undefined },
): Promise<Flag[]> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const before = await readFlags(tx)
    const changed = FLAGS.filter((flag) => changes[flag] !== undefined && changes[flag] !== before[flag])
    for (const name of changed) {
      await tx.delete(flags).where(eq(flags.name, name))
      await tx.insert(flags).values({ name, enabled: !before[name] })
    }
    const details = Object.fromEntries(changed.map((name) => [name, !before[name]]))
    const object = { kind: 'household', id: null, name: '' } as const
    if (changed.length > 0)
      await recordAudit(tx, by, { action: 'flags.changed', object, details, at: clock() })
    return changed
  })
}
