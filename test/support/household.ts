import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { ANONYMOUS, type Principal } from '../../electron/access/principal.ts'
import { type Caller, NO_EFFECTS, NO_MEMORY } from '../../electron/api/caller.ts'
import { createDispatch } from '../../electron/api/dispatch.ts'
import { bytesRouter } from '../../electron/api/media.ts'
import { router } from '../../electron/api/router.ts'
import type { Services } from '../../electron/api/services.ts'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { Result } from '../../electron/contract/errors.ts'
import { sessions } from '../../electron/db/schema.ts'
import { principalOf, startSession } from '../../electron/domain/accounts/sessions.ts'
import type { UploadLimits } from '../../electron/domain/uploads/limits.ts'
import { openHousehold } from '../../electron/household.ts'
import { createLog } from '../../electron/lib/log.ts'
import { hashToken } from '../../electron/lib/token.ts'
import { forkSpawner } from '../../electron/workers/spawn.ts'

/** bcrypt at its cheapest: tests hash a lot of passwords. */
const TEST_BCRYPT_COST = 4

interface TestHouseholdOptions {
  clock?: () => number
  /** of a household that was stopped with `stop`, to open it again */
  directory?: string
  /** what strangers may leave here */
  uploadLimits?: UploadLimits
}

/** A household on a real data directory, with its real workers; procedures are called as any principal. */
export async function openTestHousehold({
  clock = Date.now,
  directory: kept,
  uploadLimits,
}: TestHouseholdOptions = {}) {
  const directory = kept ?? (await mkdtemp(join(tmpdir(), 'mantel-household-')))
  const lines: string[] = []
  const { services, close } = await openHousehold({
    dataDir: join(directory, 'data'),
    log: createLog((line) => lines.push(line)),
    spawn: forkSpawner,
    clock,
    bcryptCost: TEST_BCRYPT_COST,
    ...(uploadLimits && { uploadLimits }),
  })
  await services.jobs.start()
  const all = { ...router, ...bytesRouter }
  const dispatch = createDispatch(all, services)

  const call = (caller: Caller, name: string, input: unknown = {}): Promise<Result<unknown>> =>
    dispatch(caller, name, input)

  /** Sessions in one write, which is most of what each costs. */
  const logIn = (accountIds: readonly number[]): Promise<string[]> =>
    services.db.write(async (tx) => {
      const tokens: string[] = []
      for (const accountId of accountIds) {
        const session = { accountId, device: 'test', address: '127.0.0.1', now: clock() }
        tokens.push((await startSession(tx, session)).token)
      }
      return tokens
    })

  async function asChanged(accountId: number, changed: Partial<typeof sessions.$inferInsert>) {
    const [token = ''] = await logIn([accountId])
    const held = eq(sessions.tokenHash, hashToken(token))
    await services.db.write((tx) => tx.update(sessions).set(changed).where(held))
    return callerOf(await principalOf(services.db, clock, token))
  }

  return {
    services,
    directory,
    /** what the log holds so far */
    lines,
    call,
    /** Like `call`, but throws what was refused and is typed by the contract. */
    async get<N extends ProcedureName>(caller: Caller, name: N, input: Input<N>): Promise<Output<N>> {
      const result = await call(caller, name, input)
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
      return result.value as Output<N> // dispatch has parsed it by this procedure's schema
    },
    /** A caller with a session of this account, as a door would build it. */
    async as(accountId: number, options: Partial<Caller> = {}): Promise<Caller> {
      const [token = ''] = await logIn([accountId])
      return callerOf(await principalOf(services.db, clock, token), options)
    },
    /** The same for several at once. */
    async asEach(accountIds: readonly number[]): Promise<Caller[]> {
      const tokens = await logIn(accountIds)
      return Promise.all(tokens.map(async (token) => callerOf(await principalOf(services.db, clock, token))))
    },
    /** The same after the window was locked. */
    asLocked: (accountId: number) => asChanged(accountId, { lockedBy: 'person' }),
    /** The same while the session views as another account. */
    asViewing: (accountId: number, viewingAs: number) => asChanged(accountId, { viewingAs }),
    async folder(name: string): Promise<string> {
      const path = join(directory, 'pictures', name)
      await mkdir(path, { recursive: true })
      return path
    },
    /** Scans everything and waits until nothing is queued or running. */
    async scanAll(caller: Caller): Promise<void> {
      await call(caller, 'jobs.scan')
      await idle(services)
    },
    idle: () => idle(services),
    /** Closes the household and leaves its directory as it is. */
    stop: close,
    async close() {
      await close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export type TestHousehold = Awaited<ReturnType<typeof openTestHousehold>>

/** A caller as a door would build it; its effects are dropped unless the test listens. */
export function callerOf(principal: Principal, options: Partial<Caller> = {}): Caller {
  return {
    principal,
    address: '127.0.0.1',
    device: 'test',
    deviceToken: null,
    visitorToken: null,
    origin: null,
    hostWindow: false,
    effects: NO_EFFECTS,
    memory: NO_MEMORY,
    ...options,
  }
}

export const anonymousCaller = callerOf(ANONYMOUS)

async function idle({ jobs }: Pick<Services, 'jobs'>): Promise<void> {
  for (;;) {
    const open = [
      ...(await jobs.list({ state: 'queued', limit: 1 })),
      ...(await jobs.list({ state: 'running', limit: 1 })),
    ]
    if (open.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
