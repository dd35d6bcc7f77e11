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
  mayLogIn: boolean
  webdav: boolean
  mayShare: boolean
  /** gigabytes as typed; empty: no limit */
  quota: string
  note: string
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
  mayLogIn: true,
  webdav: false,
  mayShare: true,
  quota: '',
  note: '',
}

const BYTES_PER_GB = 1_000_000_000

/** Bytes of a quota typed in gigabytes, with comma or point; null for none, undefined for what is no number. */
export function parseQuota(text: string): number | null | undefined {
  const typed = text.trim().replace(',', '.')
  if (!typed) return null
  // up to six digits before the point keep the bytes a safe integer
  return /^\d{1,6}(\.\d{0,3})?$/.test(typed) ? Math.round(Number(typed) * BYTES_PER_GB) : undefined
}

const quotaText = (bytes: number | null) => (bytes === null ? '' : String(bytes / BYTES_PER_GB))

/** An account as it is, for editing. */
export const draftOf = (account: Account): PersonDraft => ({
  ...emptyDraft,
  name: account.name,
  username: account.username,
  usernameTouched: true,
  email: account.email ?? '',
  role: ROLES.find((role) => role === account.role) ?? null,
  superAdmin: account.superAdmin,
  mustChangePassword: account.mustChangePassword,
  mayLogIn: account.mayLogIn,
  webdav: account.webdav,
  mayShare: account.mayShare,
  quota: quotaText(account.quotaBytes),
  note: account.note,
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

/** A guest is given nothing of the library, so no folders either; a super admin is an admin whatever the role. */
const folders = (draft: PersonDraft) => (draft.role === 'guest' && !draft.superAdmin ? [] : draft.folders)

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
    ...(draft.webdav && { webdav: true }),
    ...(!draft.mayShare && { mayShare: false }),
    ...(parseQuota(draft.quota) && { quotaBytes: parseQuota(draft.quota) }),
    ...(draft.note && { note: draft.note }),
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
  for (const key of ['mayLogIn', 'webdav', 'mayShare', 'mustChangePassword'] as const)
    if (draft[key] !== before[key]) input[key] = draft[key]
  if (draft.quota.trim() !== before.quota) input.quotaBytes = parseQuota(draft.quota)
  if (draft.note !== before.note) input.note = draft.note
  if (JSON.stringify(draft.folders) !== JSON.stringify(before.folders)) input.folders = draft.folders
  return input
}
