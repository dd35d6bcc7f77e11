import { eq } from 'drizzle-orm'
import { type LanSettings, lanSettingsSchema } from '../../contract/lan.ts'
import { DEFAULT_LAN_PORT } from '../../contract/values.ts'
import type { Database, Read, Tx } from '../../db/connect.ts'
import { settings } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Actor, requireSameStanding } from '../accounts/rules.ts'
import { recordSettings } from '../settings/record-settings.ts'

/** What holds until an admin chooses: every address of the host, no way in from outside. */
const DEFAULTS: LanSettings = { address: '', port: DEFAULT_LAN_PORT, publicAddress: '', proxies: [] }

const NAMES = ['address', 'port', 'publicAddress', 'proxies'] as const

const { shape } = lanSettingsSchema
const storedAs = (key: keyof LanSettings) => `lan.${key}`

/** How the household is reached from other machines. A stored value that this version does not know counts as not set. */
export async function readLanSettings(read: Read | Tx): Promise<LanSettings> {
  const rows = await read.select().from(settings)
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  return {
    address: shape.address.safeParse(stored.get(storedAs('address'))).data ?? DEFAULTS.address,
    port: shape.port.safeParse(stored.get(storedAs('port'))).data ?? DEFAULTS.port,
    publicAddress:
      shape.publicAddress.safeParse(stored.get(storedAs('publicAddress'))).data ?? DEFAULTS.publicAddress,
    proxies: shape.proxies.safeParse(stored.get(storedAs('proxies'))).data ?? DEFAULTS.proxies,
  }
}

/**
 * Stores the settings given, undefined leaves one as it is; answers them all. Throws `Refusal` for an actor that lost its session or rights
 * meanwhile.
 */
export async function writeLanSettings(
  { db, clock }: { db: Database; clock: Clock },
  by: Actor,
  changes: { [K in keyof LanSettings]?: LanSettings[K] | undefined },
): Promise<LanSettings> {
  return db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const before = await readLanSettings(tx)
    for (const name of NAMES) {
      const value = changes[name]
      if (value === undefined) continue
      const key = storedAs(name)
      await tx.delete(settings).where(eq(settings.key, key))
      await tx.insert(settings).values({ key, value })
    }
    const after = await readLanSettings(tx)
    await recordSettings(tx, by, { before, after, at: clock() })
    return after
  })
}
