import { and, isNotNull, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { registrationContract } from '../../contract/registration.ts'
import type { Read, Tx } from '../../db/connect.ts'
import { accounts } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import { readFlags } from '../settings/flags.ts'
import { namedIn } from './audit-account.ts'
import { insertAccount, type ManageNeeds, requireFreeUsername, requireGoodPassword } from './manage.ts'
import { setupIsOpen } from './setup.ts'
import type { SignUps } from './sign-ups.ts'

/** How many may wait at once: from however many addresses they come, they fill neither the list nor the disk. */
export const MAX_PENDING = 50

type RegistrationNeeds = Pick<ManageNeeds, 'db' | 'clock' | 'passwords' | 'announce'> & { signUps: SignUps }
type Registration = z.output<(typeof registrationContract)['registration.create']['input']>

/** Whether people may sign up themselves: the household has switched it on, and is set up. */
export async function registrationIsOpen(read: Read | Tx): Promise<boolean> {
  return (await readFlags(read)).registration && !(await setupIsOpen(read))
}

/**
 * Signs somebody up: a `user` without folders, who waits until an admin gives one. Logs nobody in. That a taken username is told is
 * accepted: people choose their names here. Throws {@link Refusal}: `forbidden` (`registration_closed`), also where it is switched off
 * meanwhile; `conflict` (`too_many_pending`); `throttled` with the wait; `invalid` naming the field.
 */
export async function register(needs: RegistrationNeeds, wanted: Registration, address: string) {
  const { db, clock, passwords, announce, signUps } = needs
  await requireOpen(db.read)
  await requireRoom(db.read)
  const ended = signUps.begin(address)
  try {
    await requireFreeUsername(db, wanted.username)
    await requireGoodPassword(wanted.password)
    const { password, username, name, email = null } = wanted
    const passwordHash = await passwords.hash(password)
    const now = clock()
    await db.write(async (tx) => {
      // hashing takes its time, and may have been waited for
      await requireOpen(tx)
      await requireRoom(tx)
      const account = { username, name, email, passwordHash, role: 'user' }
      const [made] = await insertAccount(tx, { ...account, createdAt: now, pendingSince: now })
      if (!made) throw new Error('an insert answered no row')
      const by = { kind: 'account', accountId: made.id, username, address } as const
      await recordAudit(tx, by, { action: 'account.signedUp', object: namedIn(made), at: now })
    })
    ended('made')
  } catch (error) {
    ended(error instanceof Refusal && error.code === 'invalid' ? 'refused' : 'undone')
    throw error
  }
  announce({ topic: 'accounts' })
}

/** How many signed up and wait for a folder. */
export const countPending = (read: Read | Tx): Promise<number> =>
  read.$count(accounts, and(isNotNull(accounts.pendingSince), isNull(accounts.deletedAt)))

async function requireRoom(read: Read | Tx): Promise<void> {
  if ((await countPending(read)) >= MAX_PENDING) throw new Refusal('conflict', { reason: 'too_many_pending' })
}

async function requireOpen(read: Read | Tx): Promise<void> {
  if (!(await registrationIsOpen(read))) throw new Refusal('forbidden', { reason: 'registration_closed' })
}
