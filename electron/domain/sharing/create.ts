import type { AccountPrincipal } from '../../access/principal.ts'
import type { LinkOptions } from '../../contract/shares.ts'
import type { Database } from '../../db/connect.ts'
import { shares } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Secrets } from '../../lib/secrets.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { recordAudit } from '../audit/record.ts'
import { newAddress } from './address.ts'
import { nameOf } from './name.ts'
import { columnsOf, requireUploadFolder } from './options.ts'
import { findOwn } from './own.ts'
import { pick, requireTarget, type Target } from './target.ts'

interface SharingNeeds {
  db: Database
  clock: Clock
  passwords: Passwords
  secrets: Secrets
}

interface NewLink extends Target {
  options: LinkOptions
}

/**
 * Makes a link to an album of the account's own, a folder or picked photos; answers its id and its token, which is found nowhere else
 * in the open. Throws `Refusal`: `not_found` for what is out of reach, `forbidden` for what the account may not share on.
 */
export async function createLink(
  { db, clock, passwords, secrets }: SharingNeeds,
  by: AccountPrincipal,
  { albumId, photoIds, folderId, options }: NewLink,
): Promise<{ id: number; token: string }> {
  const columns = await columnsOf(passwords, by, options)
  const { token, columns: address } = newAddress(secrets)
  const id = await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const to = await requireTarget(tx, by, { albumId, folderId })
    await requireUploadFolder(tx, by, columns)
    const now = clock()
    const row = {
      download: 'none' as const,
      ...columns,
      ...address,
      ...to,
      creatorId: by.accountId,
      createdAt: now,
    }
    const [made] = await tx.insert(shares).values(row).returning({ id: shares.id })
    if (!made) throw new Error('an insert answered no row')
    if (photoIds) await pick(tx, by, made.id, photoIds)
    const object = { kind: 'link', id: made.id, name: await nameOf(tx, made.id) } as const
    await recordAudit(tx, by, { action: 'link.created', object, at: now })
    return made.id
  })
  return { id, token }
}

/** Puts more photos into one's own link of picked ones. Throws `Refusal` as {@link createLink} does. */
export async function addPhotos(
  { db, clock }: Pick<SharingNeeds, 'db' | 'clock'>,
  by: AccountPrincipal,
  { id, photoIds }: { id: number; photoIds: readonly number[] },
): Promise<void> {
  await db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const share = await findOwn(tx, by, id)
    if (share.albumId !== null || share.directoryId !== null) throw notFound()
    await pick(tx, by, id, photoIds)
    const object = { kind: 'link', id, name: await nameOf(tx, id) } as const
    await recordAudit(tx, by, {
      action: share.direct ? 'share.changed' : 'link.changed',
      object,
      details: { photos: photoIds.length },
      at: clock(),
    })
  })
}
