import type { Input } from '../contract/contract.ts'
import type { DemoFolders } from './folders.ts'

/** One password for the three: the household lives in a temporary folder and holds drawn pictures only. */
export const DEMO_PASSWORD = 'warm hearth'

type NewAccount = Input<'accounts.create'>

/** The demo's members: a super admin, a user and a viewer, each with a folder, and one folder in common. */
export function demoAccounts({ ada, ben, rose, family }: DemoFolders): NewAccount[] {
  const password = DEMO_PASSWORD
  const own = (path: string) => ({ path, access: 'read-write' as const })
  const seen = (path: string) => ({ path, access: 'read-only' as const })
  return [
    {
      username: 'ada',
      name: 'Ada Lovelace',
      role: 'admin',
      superAdmin: true,
      password,
      folders: [own(ada), own(family)],
    },
    { username: 'ben', name: 'Ben Lovelace', role: 'user', password, folders: [own(ben), own(family)] },
    { username: 'rose', name: 'Grandma Rose', role: 'viewer', password, folders: [seen(rose), seen(family)] },
  ]
}
