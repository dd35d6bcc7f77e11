import type { Account } from '../../electron/contract/accounts.ts'
import type { Input } from '../../electron/contract/contract.ts'
import type { Access } from '../../electron/contract/fields.ts'
import type { Role } from '../../electron/contract/roles.ts'
import { ROLES } from '../../electron/contract/values.ts'

export interface FolderDraft {
  path: string
  access: Access
  /** as stored; left to the server's rule for folders that are new here */
  mayShare?: boolean
}

/** What the add and edit dialogs hold while they are being filled in. */
export interface PersonDraft {
  name: string
  username: string
  /** the username no longer follows the name */
  usernameTouched: boolean
  email: string
  password: string
  mustChangePassword: boolean
  /** null for a role this version does not know, which stays unless another one is chosen */
  role: Role | null
  superAdmin: boolean
  folders: FolderDraft[]
}

export const emptyDraft: PersonDraft = {
  name: '',
  username: '',
  usernameTouched: false,
  email: '',
  password: '',
  mustChangePassword: false,
  role: 'user',
  superAdmin: false,
  folders: [],
}

/** An account as it is, for editing. */
export const draftOf = (account: Account): PersonDraft => ({
  ...emptyDraft,
  name: account.name,
  username: account.username,
  usernameTouched: true,
  email: account.email ?? '',
  role: ROLES.find((role) => role === account.role) ?? null,
  superAdmin: account.superAdmin,
  folders: account.folders.map(({ path, access, mayShare }) => ({ path, access, mayShare })),
})

/** A username made of a name: “Ada Lovelace” → `ada`, “Jürgen” → `juergen`; empty where nothing of it fits. */
export function suggestUsername(name: string): string {
  const german: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
  const first = name.trim().toLowerCase().split(/\s+/)[0] ?? ''
  return first
    .replace(/[äöüß]/g, (letter) => german[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9._-]/g, '')
    .slice(0, 64)
}

/** What a guest is given: nothing of the library, so no folders either. */
const folders = (draft: PersonDraft) => (draft.role === 'guest' ? [] : draft.folders)

/** The request that adds the person; an unknown role can't be drafted for somebody new. */
export function toCreate(draft: PersonDraft): Input<'accounts.create'> {
  return {
    name: draft.name,
    username: draft.username.trim(),
    email: draft.email.trim(),
    password: draft.password,
    mustChangePassword: draft.mustChangePassword,
    role: draft.role ?? 'user',
    ...(draft.superAdmin && { superAdmin: true }),
    folders: folders(draft),
  }
}

/** The request that changes the account, naming only what differs from it. */
export function toUpdate(account: Account, draft: PersonDraft): Input<'accounts.update'> {
  const before = draftOf(account)
  const input: Input<'accounts.update'> = { id: account.id }
  if (draft.name !== before.name) input.name = draft.name
  if (draft.username.trim() !== before.username) input.username = draft.username.trim()
  if (draft.email.trim() !== before.email) input.email = draft.email.trim()
  if (draft.role && draft.role !== before.role) input.role = draft.role
  if (draft.superAdmin !== before.superAdmin) input.superAdmin = draft.superAdmin
  if (JSON.stringify(draft.folders) !== JSON.stringify(before.folders)) input.folders = draft.folders
  return input
}
