import { useTranslation } from 'react-i18next'
import { AUDIT_ACTIONS, type AuditAction } from '../electron/contract/audit-actions.ts'
import { formatNumber } from './format.ts'
import { folderName } from './paths.ts'
import { useRoleName } from './role-name.ts'

/** What an entry of the audit log holds besides who and when. */
interface Told {
  action: string
  details: Record<string, unknown> | null
}

interface FolderChange {
  path: string
  before: Held | null
  after: Held | null
}
interface Held {
  access: 'read-write' | 'read-only'
  mayShare: boolean
}

/** Fields that have a name in people's words; others are told by their own. */
const FIELDS = [
  'username',
  'name',
  'email',
  'role',
  'superAdmin',
  'mayLogIn',
  'webdav',
  'mayShare',
  'quotaBytes',
  'note',
  'mustChangePassword',
  'pending',
  'watch',
  'rescan',
  'ignore',
  'workers',
  'previewEdge',
  'previewQuality',
  'address',
  'port',
  'publicAddress',
  'proxies',
  'theme',
  'language',
  'density',
  'dateFormat',
  'startPage',
  'slideshow',
  'device',
  'label',
  'labels',
  'people',
  'added',
  'removed',
  'access',
  'files',
  'folder',
  'mode',
  'transferTo',
] as const

const isAction = (action: string): action is AuditAction => AUDIT_ACTIONS.some((known) => known === action)

/** An action of the closed list; null for one that only a newer version knows. */
export const knownAction = (action: string): AuditAction | null => (isAction(action) ? action : null)

/** The folders of an entry on grants. */
export function foldersOf({ action, details }: Told): FolderChange[] {
  // written by the server's `recordGrants`
  return action === 'grants.changed' && Array.isArray(details?.folders)
    ? (details.folders as FolderChange[])
    : []
}

/** What happened to a folder of somebody's: given, taken, or held in another way. */
export const folderEvent = ({ before, after }: FolderChange) =>
  before === null ? 'given' : after === null ? 'taken' : 'changed'

/** A folder's name with how it is held now: “Family, read-only”. */
export function useHeldText(): (folder: FolderChange) => string {
  const { t } = useTranslation()
  return ({ path, before, after }) => {
    const held = after ?? before
    return held ? `${folderName(path)}, ${t(`audit.held.${held.access}`)}` : folderName(path)
  }
}

/** The details of an entry as lines: field, and what it was and is. */
export function useDetailLines(): (entry: Told) => string[] {
  const { t } = useTranslation()
  const value = useValueText()
  const roleName = useRoleName()
  const field = (name: string) => {
    const known = FIELDS.find((one) => one === name)
    return known ? t(`audit.field.${known}`) : name
  }
  const text = (name: string, given: unknown) =>
    name === 'role' && typeof given === 'string' ? roleName(given) : value(given)
  const change = (name: string, given: unknown) => {
    if (typeof given !== 'object' || given === null || !('to' in given || 'from' in given)) return field(name)
    const { from, to } = { from: undefined, to: undefined, ...given }
    return t('audit.change', { field: field(name), from: text(name, from), to: text(name, to) })
  }
  const held = (is: Held | null) => {
    if (!is) return t('audit.none')
    return `${t(`audit.held.${is.access}`)}, ${t(is.mayShare ? 'audit.maySharePhotos' : 'audit.mayNotSharePhotos')}`
  }
  return (entry) => {
    const folders = foldersOf(entry)
    if (folders.length > 0)
      return folders.map(({ path, before, after }) =>
        t('audit.change', { field: path, from: held(before), to: held(after) }),
      )
    return Object.entries(entry.details ?? {}).flatMap(([name, given]) => {
      if (name === 'changes' && typeof given === 'object' && given !== null)
        return Object.entries(given).map(([key, changed]) => change(key, changed))
      if (typeof given === 'object' && given !== null && 'to' in given) return [change(name, given)]
      return [t('audit.fact', { field: field(name), value: text(name, given) })]
    })
  }
}

function useValueText(): (value: unknown) => string {
  const { t } = useTranslation()
  return function text(value): string {
    if (value === null || value === undefined || value === '') return t('audit.none')
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    if (typeof value === 'number') return formatNumber(value)
    if (Array.isArray(value)) return value.length > 0 ? value.map(text).join(', ') : t('audit.none')
    return typeof value === 'object' ? Object.values(value).map(text).join(' ') : String(value)
  }
}
