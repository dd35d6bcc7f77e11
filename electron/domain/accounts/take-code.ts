import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Secrets } from '../../lib/secrets.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import type { AccountRow } from './rules.ts'
import { openSeed } from './seeds.ts'
import type { Counted } from './throttle.ts'
import { isAppCode, lastRightStep, stepOfCode } from './totp.ts'

export interface CodeNeeds {
  clock: Clock
  secrets: Secrets
}

/** Why a code was not taken; `factor_unreadable`: the household's key opens no seed of this account, recovery codes alone can be right. */
type CodeProblem = 'code_needed' | 'code_wrong' | 'factor_unreadable'

/**
 * Takes the code of an account's second factor, from its app or a recovery code, none of them twice. To be called inside the
 * transaction of what the code is for, with the account's row as it is there.
 * @returns what is wrong, or null where the code was taken or the factor is off
 */
export async function takeCode(
  tx: Tx,
  { clock, secrets }: CodeNeeds,
  account: AccountRow,
  typed = '',
): Promise<CodeProblem | null> {
  if (account.totpSecret === null) return null
  const code = typed.replaceAll(/\s/g, '')
  const now = clock()
  if (code && !isAppCode(code))
    return (await takeRecoveryCode(tx, account.id, code, now)) ? null : 'code_wrong'
  const opened = openSeed(secrets, 'totp', account.id, account.totpSecret)
  if (!opened) return 'factor_unreadable'
  if (!code) return 'code_needed'
  const step = stepOfCode(opened.seed, code, now)
  return step !== null && (await takeStep(tx, account.id, step, now)) ? null : 'code_wrong'
}

/** Compare and set: of two who give the same code at the same moment one gets in. */
async function takeStep(tx: Tx, accountId: number, step: number, now: number): Promise<boolean> {
  const isNew = or(
    isNull(accounts.totpLastStep),
    lt(accounts.totpLastStep, step),
    // a clock that was set back must keep nobody out until its former time comes again
    gt(accounts.totpLastStep, lastRightStep(now)),
  )
  const taken = await tx
    .update(accounts)
    .set({ totpLastStep: step })
    .where(and(eq(accounts.id, accountId), isNew))
    .returning({ id: accounts.id })
  return taken.length > 0
}

/** Does what a code is asked for. The attempt stays counted as failed where the code was wrong, and only there. */
export async function countingCode<T>(counted: Counted, work: () => Promise<T>): Promise<T> {
  let wasWrong = false
  try {
    return await work()
  } catch (error) {
    wasWrong = error instanceof Refusal && isWrongCode(error)
    throw error
  } finally {
    if (!wasWrong) counted.takeBack()
  }
}

const isWrongCode = ({ details: { reason, fields } }: Refusal) =>
  reason === 'code_wrong' || fields?.code === 'code_wrong'
