import { and, eq, isNull } from 'drizzle-orm'
import type { Read, Tx } from '../../db/connect.ts'
import { recoveryCodes } from '../../db/schema.ts'
import { hashReadableCode, newReadableCode } from '../../lib/token.ts'

const CODES = 10
/** Four groups of four: 78 random bits, so that a fast hash suffices. */
const GROUPS = 4

/** Gives an account new recovery codes in place of all it had; they exist nowhere else in clear. */
export async function replaceRecoveryCodes(tx: Tx, accountId: number): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () => newReadableCode(GROUPS))
  await dropRecoveryCodes(tx, accountId)
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ accountId, codeHash: hashReadableCode(code) })))
  return codes
}

/** Takes a recovery code, each once; answers whether it was one of this account's that was not used. */
export async function takeRecoveryCode(tx: Tx, accountId: number, code: string, now: number) {
  const unused = and(
    eq(recoveryCodes.accountId, accountId),
    eq(recoveryCodes.codeHash, hashReadableCode(code)),
    isNull(recoveryCodes.usedAt),
  )
  const taken = await tx.update(recoveryCodes).set({ usedAt: now }).where(unused).returning()
  return taken.length > 0
}

/** How many recovery codes an account can still use. */
export const countRecoveryCodes = (db: Read, accountId: number) =>
  db.$count(recoveryCodes, and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)))

/** Forgets an account's recovery codes, used ones too. */
export async function dropRecoveryCodes(tx: Tx, accountId: number): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
}
