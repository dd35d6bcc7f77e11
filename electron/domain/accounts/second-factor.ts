import { eq } from 'drizzle-orm'
import type { AccountPrincipal } from '../../access/principal.ts'
import type { AuditAction } from '../../contract/audit-actions.ts'
import type { Database, Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { invalidField, Refusal } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import type { Announce } from '../events/hints.ts'
import type { Live } from '../events/live.ts'
import { namedIn } from './audit-account.ts'
import { requireCurrentPassword } from './current-password.ts'
import { findAccount } from './manage.ts'
import type { Passwords } from './passwords.ts'
import { countRecoveryCodes, dropRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts'
import { type AccountRow, type Actor, requireClearTotp, requireSameStanding } from './rules.ts'
import { openSeed, sealSeed } from './seeds.ts'
import { endSessions, forgetDevices } from './sessions.ts'
import { type CodeNeeds, countingCode, takeCode } from './take-code.ts'
import type { Throttle } from './throttle.ts'
import { newSeed, stepOfCode, totpUri } from './totp.ts'

export interface FactorNeeds extends CodeNeeds {
  db: Database
  passwords: Passwords
  throttle: Throttle
  announce: Announce
  live: Live
}

/** A seed that was shown waits for its first code so long, milliseconds. */
const PENDING_MS = 60 * 60_000

/** What the second factor is off or on for: own password, and a code of it. */
interface Proof {
  currentPassword: string
  code: string
}

/** How things stand with an account's second factor. `readable`: its codes can be checked. */
export async function factorStatus({ db, secrets }: Pick<FactorNeeds, 'db' | 'secrets'>, accountId: number) {
  const { totpSecret } = await findAccount(db, accountId)
  const opened = totpSecret === null ? null : openSeed(secrets, 'totp', accountId, totpSecret)
  return {
    on: totpSecret !== null,
    since: opened?.since ?? null,
    readable: totpSecret === null || opened !== null,
    codesLeft: await countRecoveryCodes(db.read, accountId),
  }
}

/**
 * Makes a seed for the own account and shows it; the factor is off until {@link confirmFactor}. Throws {@link Refusal}: what
 * {@link requireCurrentPassword} throws, `conflict` (`factor_is_on`).
 */
export async function beginFactor(needs: FactorNeeds, by: AccountPrincipal, currentPassword: string) {
  const account = await findAccount(needs.db, by.accountId)
  await requireCurrentPassword(needs, by, account, currentPassword)
  const seed = newSeed()
  const pending = { seed, since: needs.clock() }
  const totpPendingSecret = sealSeed(needs.secrets, 'pending totp', account.id, pending)
  await needs.db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const fresh = await findAccount({ read: tx }, account.id)
    if (fresh.totpSecret !== null) throw new Refusal('conflict', { reason: 'factor_is_on' })
    await tx.update(accounts).set({ totpPendingSecret }).where(eq(accounts.id, account.id))
  })
  return { uri: totpUri(seed, account.username), secret: seed }
}

/**
 * Switches the own second factor on, by a first right code: all other sessions of the account end, and all devices
 * but this one are strangers again: whoever had the password alone may have one. Answers the recovery codes, which
 * exist nowhere else. Throws {@link Refusal}: `conflict` (`factor_not_begun`), `invalid` naming `code`, `throttled`.
 */
export async function confirmFactor(
  needs: FactorNeeds,
  by: AccountPrincipal,
  { code, deviceToken }: { code: string; deviceToken: string | null },
) {
  const { accountId: id } = by
  const now = needs.clock()
  const done = await countingCode(needs.throttle.begin({ askerId: id, accountId: id }), () =>
    needs.db.write(async (tx) => {
      await requireSameStanding(tx, by)
      const account = await findAccount({ read: tx }, id)
      const shown = account.totpPendingSecret
      const pending = shown === null ? null : openSeed(needs.secrets, 'pending totp', id, shown)
      if (!pending || account.totpSecret !== null || now - pending.since > PENDING_MS)
        throw new Refusal('conflict', { reason: 'factor_not_begun' })
      const totpLastStep = stepOfCode(pending.seed, code.replaceAll(/\s/g, ''), now)
      if (totpLastStep === null) throw invalidField('code', 'code_wrong')
      const totpSecret = sealSeed(needs.secrets, 'totp', id, { seed: pending.seed, since: now })
      const on = { totpSecret, totpLastStep, totpPendingSecret: null }
      await tx.update(accounts).set(on).where(eq(accounts.id, id))
      await note(tx, by, account, 'totp.enabled', now)
      const recoveryCodes = await replaceRecoveryCodes(tx, id)
      await forgetDevices(tx, id, deviceToken)
      return { recoveryCodes, ended: await endSessions(tx, id, by.sessionId) }
    }),
  )
  tell(needs, id, done.ended)
  return done.recoveryCodes
}

/** Switches the own second factor off. Throws {@link Refusal} as {@link proving} does. */
export async function disableFactor(needs: FactorNeeds, by: AccountPrincipal, proof: Proof): Promise<void> {
  await proving(needs, by, proof, async (tx, account) => {
    await dropFactor(tx, account.id)
    await note(tx, by, account, 'totp.disabled', needs.clock())
  })
  tell(needs, by.accountId, [])
}

/** Gives the own account new recovery codes in place of the old. Throws {@link Refusal} as {@link proving} does. */
export async function renewRecoveryCodes(needs: FactorNeeds, by: AccountPrincipal, proof: Proof) {
  const codes = await proving(needs, by, proof, async (tx, account) => {
    await note(tx, by, account, 'totp.recoveryCodes', needs.clock())
    return replaceRecoveryCodes(tx, account.id)
  })
  tell(needs, by.accountId, [])
  return codes
}

/**
 * Switches somebody else's second factor off, who has lost it; their password is asked for as ever. Where it is off, nothing
 * happens. Throws {@link Refusal} as {@link requireClearTotp} does.
 */
export async function clearFactor(needs: FactorNeeds, by: Actor, id: number): Promise<void> {
  const cleared = await needs.db.write(async (tx) => {
    await requireSameStanding(tx, by)
    const account = await findAccount({ read: tx }, id)
    requireClearTotp(by, account)
    return clearFactorIn(tx, by, account, needs.clock())
  })
  if (cleared) tell(needs, id, [])
}

/** The part of {@link clearFactor} inside a transaction of somebody who may; answers whether the factor was on. */
export async function clearFactorIn(tx: Tx, by: Actor, account: AccountRow, at: number): Promise<boolean> {
  if (account.totpSecret === null) return false
  await dropFactor(tx, account.id)
  await note(tx, by, account, 'totp.cleared', at)
  return true
}

async function dropFactor(tx: Tx, id: number): Promise<void> {
  const off = { totpSecret: null, totpPendingSecret: null, totpLastStep: null }
  await tx.update(accounts).set(off).where(eq(accounts.id, id))
  await dropRecoveryCodes(tx, id)
}

/**
 * Does something with the own second factor for whoever gives the password and a code. Throws {@link Refusal}: `conflict`
 * (`factor_is_off`), `invalid` naming `currentPassword` or `code`, `throttled`.
 */
async function proving<T>(
  needs: FactorNeeds,
  by: AccountPrincipal,
  { currentPassword, code }: Proof,
  work: (tx: Tx, account: AccountRow) => Promise<T>,
): Promise<T> {
  const { accountId: id } = by
  const account = await findAccount(needs.db, id)
  await requireCurrentPassword(needs, by, account, currentPassword)
  return countingCode(needs.throttle.begin({ askerId: id, accountId: id }), () =>
    needs.db.write(async (tx) => {
      await requireSameStanding(tx, by)
      const fresh = await findAccount({ read: tx }, id)
      if (fresh.passwordHash !== account.passwordHash)
        throw new Refusal('conflict', { reason: 'password_changed' })
      if (fresh.totpSecret === null) throw new Refusal('conflict', { reason: 'factor_is_off' })
      const problem = await takeCode(tx, needs, fresh, code)
      if (problem) throw invalidField('code', problem)
      return work(tx, fresh)
    }),
  )
}

const note = (tx: Tx, by: Actor, account: AccountRow, action: AuditAction, at: number) =>
  recordAudit(tx, by, { action, object: namedIn(account), at })

/** Lets the account's windows and the user panels look again. */
function tell({ announce, live }: FactorNeeds, id: number, ended: number[]): void {
  live.end(ended)
  announce({ topic: 'session', accounts: [id] })
  announce({ topic: 'accounts' })
}
