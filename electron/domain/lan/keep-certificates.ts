import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, Read } from '../../db/connect.ts'
import { settings } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Secrets } from '../../lib/secrets.ts'
import {
  type Authority,
  authorityHolds,
  type Leaf,
  leafHolds,
  makeAuthority,
  makeLeaf,
} from './certificates.ts'
import { HOUSE_NAME, type Host } from './host.ts'
import { isPrivate } from './networks.ts'

const authoritySchema = z.object({
  certificate: z.string(),
  key: z.string(),
  hostNames: z.array(z.string()),
})
const leafSchema = z.object({
  certificate: z.string(),
  key: z.string(),
  names: z.array(z.string()),
  addresses: z.array(z.string()),
})

const AUTHORITY = 'lan.authority'
const LEAF = 'lan.leaf'

interface Needs {
  db: Database
  clock: Clock
  secrets: Secrets
}

/** What the door shows at each connection. */
export interface Certificates {
  authority: Authority
  leaf: Leaf
}

/**
 * The authority and a leaf that vouches for the host as it is called and reached now; made at first use, the leaf again before it runs out
 * and when names or addresses change. Kept in the database with their keys sealed under the household's key file: where that is gone or
 * another one, both are made anew. Throws errors of the file system and `StorageError`.
 */
export async function keepCertificates({ db, clock, secrets }: Needs, host: Host): Promise<Certificates> {
  const rows = await db.read.select().from(settings)
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  const now = clock()
  const kept = opened(secrets, AUTHORITY, authoritySchema.safeParse(stored.get(AUTHORITY)).data)
  const authority = kept && authorityHolds(kept, now) ? kept : await makeAuthority(host.names, now)
  const wanted = vouchedFor(authority, host)
  const last = opened(secrets, LEAF, leafSchema.safeParse(stored.get(LEAF)).data)
  const leaf = last && leafHolds(last, authority, wanted, now) ? last : await makeLeaf(authority, wanted, now)
  if (authority !== kept || leaf !== last)
    await db.write(async (tx) => {
      for (const [key, pair] of [
        [AUTHORITY, authority],
        [LEAF, leaf],
      ] as const) {
        const value = { ...pair, key: secrets.seal(pair.key, key) }
        await tx.delete(settings).where(eq(settings.key, key))
        await tx.insert(settings).values({ key, value })
      }
    })
  return { authority, leaf }
}

/** The certificate of the household's authority, PEM; null before there is one. */
export async function readAuthority(read: Read): Promise<string | null> {
  const [row] = await read.select().from(settings).where(eq(settings.key, AUTHORITY))
  return authoritySchema.safeParse(row?.value).data?.certificate ?? null
}

/** Without the names and addresses that the authority may not vouch for: with one of them a leaf would hold for none. */
const vouchedFor = ({ hostNames }: Authority, { names, addresses }: Host) => ({
  names: [...new Set([HOUSE_NAME, ...names])].filter(
    (name) => name.endsWith('.local') || hostNames.includes(name),
  ),
  addresses: addresses.filter(isPrivate),
})

function opened<T extends { key: string }>(
  secrets: Secrets,
  purpose: string,
  sealed: T | undefined,
): T | null {
  const key = sealed && secrets.open(sealed.key, purpose)
  return sealed && key ? { ...sealed, key } : null
}
