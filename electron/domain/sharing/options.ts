import type { AccountPrincipal } from '../../access/principal.ts'
import { uploadFolders } from '../../access/uploads.ts'
import type { LinkOptions } from '../../contract/shares.ts'
import type { Tx } from '../../db/connect.ts'
import type { shares } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { askerFor } from '../accounts/rules.ts'

type ShareColumns = Partial<typeof shares.$inferInsert>

/**
 * The columns that options of a link set: those that were given. A password is hashed here, before any transaction begins. Throws
 * `Refusal` `throttled` where too many wait for that.
 */
export async function columnsOf(
  passwords: Passwords,
  by: AccountPrincipal,
  { password, uploadFolderId: uploadAreaId, ...options }: LinkOptions,
): Promise<ShareColumns> {
  const given = Object.entries({ ...options, uploadAreaId }).filter(([, value]) => value !== undefined)
  // the options have the names of the columns, and what zod has seen of them
  const columns = Object.fromEntries(given) as Omit<
    LinkOptions,
    'password' | 'uploadFolderId'
  > as ShareColumns
  if (password === undefined) return columns
  const passwordHash = password === null ? null : await passwords.hash(password, askerFor(by.accountId))
  return { ...columns, passwordHash }
}

/** Throws `Refusal` `forbidden` where columns name a folder that the account may not upload into itself. */
export async function requireUploadFolder(
  tx: Tx,
  by: AccountPrincipal,
  { uploadAreaId }: ShareColumns,
): Promise<void> {
  if (uploadAreaId === undefined || uploadAreaId === null) return
  if ((await uploadFolders(tx, by)).some(({ areaId }) => areaId === uploadAreaId)) return
  const fields = { uploadFolderId: 'upload_folder' } as const
  throw new Refusal('forbidden', { reason: 'upload_folder', fields })
}
