import type { Database } from '../../db/connect.ts'
import type { Lan } from '../lan/lan.ts'
import { readLanSettings } from '../lan/lan-settings.ts'

/** Where links open, without a path, and from how far away: outside, in the house, or on this computer alone. */
export interface LinkBase {
  readonly base: string
  readonly reach: 'outside' | 'house' | 'here'
}

/** The host's own deep link, for when Mantel is served to nobody else. */
const DEEP_LINK = 'mantel:/'

/**
 * The farthest address there is: the public one, else the first in the house, else where the caller (`origin`) found this household. A public
 * address counts only while the door to the network is open: it leads there.
 */
export async function linkBase(
  { db, lan }: { db: Database; lan: Pick<Lan, 'status'> },
  origin: string | null,
): Promise<LinkBase> {
  const { state, urls } = await lan.status()
  const [inHouse] = urls
  if (state !== 'open' || inHouse === undefined) return { base: origin ?? DEEP_LINK, reach: 'here' }
  const { publicAddress } = await readLanSettings(db.read)
  return publicAddress
    ? { base: publicAddress, reach: 'outside' }
    : { base: inHouse.replace(/\/$/, ''), reach: 'house' }
}
