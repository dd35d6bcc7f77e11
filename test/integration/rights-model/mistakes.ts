import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'

/** A module of the program with something wrong in it. */
interface Mistake {
  what: string
  /** of the stories: among the first with it there is one that meets the mistake. When stories change it may come later, and another seed be quicker */
  seed: number
  file: string
  make: (actual: Record<string, unknown>) => Record<string, unknown>
}

type Any = (...args: readonly unknown[]) => unknown

const electron = '../../electron'
const RULES = `${electron}/domain/accounts/rules.ts`
const SESSIONS = `${electron}/domain/accounts/sessions.ts`
const SCOPE = `${electron}/access/scope.ts`
const nothing = async () => undefined

/** The same function with its answer changed. */
const changed =
  (actual: unknown, change: (answer: unknown) => unknown) =>
  async (...args: unknown[]) =>
    change(await (actual as Any)(...args)) // a function of the module

/** What the stories must notice, one at a time. */
export const MISTAKES: readonly Mistake[] = [
  {
    what: 'no super admin needs to be left',
    seed: 6,
    file: RULES,
    make: () => ({ requireSuperAdmin: nothing }),
  },
  {
    what: 'what was begun is finished, whatever happened',
    seed: 4,
    file: RULES,
    make: () => ({ requireSameStanding: nothing }),
  },
  {
    what: 'admins edit super admins and themselves',
    seed: 1,
    file: RULES,
    make: () => ({ requireEdit: () => undefined }),
  },
  {
    what: 'admins make super admins',
    seed: 10,
    file: RULES,
    make: () => ({ requireSuper: () => undefined }),
  },
  {
    what: 'sessions go on after a change',
    seed: 1,
    file: SESSIONS,
    make: () => ({ endSessions: async () => [] }),
  },
  {
    what: 'a locked session is as good as any',
    seed: 1,
    file: SESSIONS,
    make: ({ principalOf }) => ({
      principalOf: changed(principalOf, (by) => ({
        ...Object(by),
        kind: isLocked(by) ? 'account' : Object(by).kind,
      })),
    }),
  },
  {
    what: 'the switch of who may log in is only looked at then',
    seed: 9,
    file: SESSIONS,
    make: ({ principalOf }) => ({
      principalOf: async (...args: unknown[]) => {
        const by = await (principalOf as Any)(...args) // a function of the module
        return Object(by).kind === 'anonymous' ? switchedOff(args[0], args[2]) : by
      },
    }),
  },
  {
    what: 'viewers are shown what is hidden',
    seed: 1,
    file: SCOPE,
    make: ({ reachableScope }) => ({
      reachableScope: changed(reachableScope, (scope) => ({
        ...Object(scope),
        shelves: ['shown', 'archived', 'private', 'trashed'],
      })),
    }),
  },
  {
    what: 'a timeline holds what is archived',
    seed: 1,
    file: SCOPE,
    make: ({ timelineScope }) => ({
      timelineScope: changed(timelineScope, (scope) => ({
        ...Object(scope),
        shelves: ['shown', 'archived'],
      })),
    }),
  },
  {
    what: 'folders that nobody has are shown to admins',
    seed: 1,
    file: `${electron}/access/areas-in-use.ts`,
    make: () => ({ readAreasInUse: (read: unknown) => everyArea(read) }),
  },
  {
    what: 'an unknown role is let in',
    seed: 1,
    file: `${electron}/access/capabilities.ts`,
    make: () => ({ mayEnter: () => true }),
  },
  {
    what: 'whoever is logged in administers',
    seed: 1,
    file: `${electron}/access/policies.ts`,
    make: ({ accountAtAllOrOperator }) => ({ whoever: () => accountAtAllOrOperator }),
  },
  {
    what: 'photos are marked in read-only folders',
    seed: 2,
    file: `${electron}/access/photo-actions.ts`,
    make: () => ({ requireMay: () => undefined }),
  },
  {
    what: 'features are on whatever was switched off',
    seed: 1,
    file: `${electron}/domain/settings/flags.ts`,
    make: ({ flagsWith }) => ({ flagsWith: () => (flagsWith as Any)('{"webdav":1}') }), // a function of the module
  },
  {
    what: 'every admin views as everybody',
    seed: 1,
    file: RULES,
    make: () => ({ mayViewAs: () => true }),
  },
  {
    what: 'whoever views sees with their own eyes',
    seed: 1,
    file: `${electron}/access/principal.ts`,
    make: () => ({ eyesOf: (by: unknown) => Object(by).viewer ?? by }),
  },
  {
    what: 'who views as somebody may all that they may',
    seed: 1,
    file: `${electron}/domain/accounts/viewing.ts`,
    make: ({ viewedBy }) => ({
      viewedBy: changed(viewedBy, (as) => (as ? { ...Object(as), viewed: false } : as)),
    }),
  },
  {
    what: 'a deleted account can be restored for ever',
    seed: 18,
    file: `${electron}/domain/accounts/removed.ts`,
    make: () => ({ isRestorable: () => true }),
  },
  {
    what: 'albums of the deleted go to anybody',
    seed: 3,
    file: `${electron}/domain/accounts/holdings.ts`,
    make: () => ({ mayReceive: () => true }),
  },
  {
    what: 'nothing is written down',
    seed: 1,
    file: `${electron}/domain/audit/record.ts`,
    make: () => ({ recordAudit: nothing }),
  },
  {
    what: 'any code is right',
    seed: 1,
    file: `${electron}/domain/accounts/take-code.ts`,
    make: () => ({ takeCode: async () => null }),
  },
  {
    what: 'whoever administers clears every second factor',
    seed: 1,
    file: RULES,
    make: () => ({ requireClearTotp: () => undefined }),
  },
  {
    what: 'app passwords are whose one asks for',
    seed: 4,
    file: `${electron}/domain/accounts/revoke-session.ts`,
    make: () => ({ mayTouchSessions: async () => true }),
  },
  {
    what: 'the last folder can not be taken away',
    seed: 2,
    file: `${electron}/domain/areas/access.ts`,
    make: ({ setGrants }) => ({
      setGrants: async (...args: unknown[]) =>
        Array.isArray(args[2]) && args[2].length === 0 ? undefined : (setGrants as Any)(...args), // of the module
    }),
  },
]

const isLocked = (by: unknown) => Object(by).kind === 'locked'

/** The principal of a session whose account may not log in any more. */
async function switchedOff(db: unknown, token: unknown): Promise<unknown> {
  const { accounts, sessions } = await import('../../../electron/db/schema.ts')
  const { ANONYMOUS } = await import('../../../electron/access/principal.ts')
  const hash = createHash('sha256').update(String(token)).digest('hex')
  const [row] = await Object(db)
    .read.select()
    .from(sessions)
    .innerJoin(accounts, and(eq(accounts.id, sessions.accountId), eq(accounts.mayLogIn, false)))
    .where(eq(sessions.tokenHash, hash))
  if (!row || row.accounts.deletedAt !== null) return ANONYMOUS
  return { kind: 'account', accountId: row.accounts.id, sessionId: row.sessions.id, ...row.accounts }
}

async function everyArea(read: unknown): Promise<unknown> {
  const { areas } = await import('../../../electron/db/schema.ts')
  return Object(read).select().from(areas)
}
