import { eq } from 'drizzle-orm'
import type { Read } from '../../db/connect.ts'
import { accounts, settings } from '../../db/schema.ts'
import { Refusal } from '../../lib/refusal.ts'
import { recordAudit } from '../audit/record.ts'
import type { PreparedGrant } from '../folders/folders.ts'
import { namedIn, recordGrants } from './audit-account.ts'
import { insertAccount, type ManageNeeds, requireGoodPassword } from './manage.ts'
import { AT_WORK } from './rules.ts'
import { rememberDevice, startSession } from './sessions.ts'

/** Household setting: the id of the first super admin while the first run's pages are still open. */
const ONBOARDING = 'onboarding'

/** Set-up is open until the first account exists; a deleted account closes it too. */
export async function setupIsOpen(db: Read): Promise<boolean> {
  const rows = await db.select({ id: accounts.id }).from(accounts).limit(1)
  return rows.length === 0
}

interface FirstAccount {
  username: string
  password: string
  name?: string | undefined
  folder?: string | undefined
  address: string
  device: string
  deviceToken: string | null
}

/**
 * Makes the household's super admin with a first folder and logs in, all or nothing. Throws {@link Refusal}: `conflict`
 * (`setup_closed`) once an account exists, `invalid` naming the field otherwise.
 */
export async function setUp(needs: ManageNeeds, first: FirstAccount) {
  if (!(await setupIsOpen(needs.db.read))) throw new Refusal('conflict', { reason: 'setup_closed' })
  await requireGoodPassword(first.password)
  const wanted = first.folder === undefined ? [] : [{ path: first.folder, access: 'read-write' as const }]
  const options = { mayName: true, field: () => 'folder' }
  const made = await needs.folders.prepare(wanted, options, (grants) => makeFirst(needs, first, grants))
  await needs.folders.grantsChanged(made.areas, made.account.id)
  return made
}

async function makeFirst(needs: ManageNeeds, first: FirstAccount, grants: PreparedGrant[]) {
  const passwordHash = await needs.passwords.hash(first.password, AT_WORK)
  const now = needs.clock()
  return needs.db.write(async (tx) => {
    if (!(await setupIsOpen(tx))) throw new Refusal('conflict', { reason: 'setup_closed' })
    const { username, name = '' } = first
    const row = { username, name, role: 'admin', superAdmin: true, passwordHash, createdAt: now }
    const [account] = await insertAccount(tx, row)
    if (!account) throw new Error('an insert answered no row')
    const by = { kind: 'account', accountId: account.id, username, address: first.address } as const
    await recordAudit(tx, by, { action: 'household.setUp', object: namedIn(account), at: now })
    const areas = await recordGrants(tx, by, { account, at: now }, () =>
      needs.folders.setGrants(tx, account.id, grants),
    )
    await tx.insert(settings).values({ key: ONBOARDING, value: account.id })
    const { device, address } = first
    const { ended, ...session } = await startSession(tx, { accountId: account.id, device, address, now })
    const deviceToken = await rememberDevice(tx, account.id, first.deviceToken, now)
    return { account, areas, session, deviceToken, ended }
  })
}

/** Whether this account still has the first run's pages before it. */
export async function isOnboarding(db: Read, accountId: number): Promise<boolean> {
  const [row] = await db.select().from(settings).where(eq(settings.key, ONBOARDING))
  return row?.value === accountId
}

/** Closes the first run's pages for good. */
export async function finishOnboarding({ db }: Pick<ManageNeeds, 'db'>): Promise<void> {
  await db.write((tx) => tx.delete(settings).where(eq(settings.key, ONBOARDING)))
}
