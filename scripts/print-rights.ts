/**
 * Prints the rights table and what features take away, from electron/access, between the markers of docs/security.md: `npm run docs:rights`.
 * A test fails while the file says something else.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { RULES } from '../electron/access/capabilities.ts'
import { type Holder, RIGHTS } from '../electron/access/rights.ts'
import { CAPABILITIES, type Extent, type Right } from '../electron/contract/roles.ts'
import { FLAGS, ROLES } from '../electron/contract/values.ts'

/** What the table is printed into. */
export const RIGHTS_FILE = new URL('../docs/security.md', import.meta.url)

const BEGIN = '<!-- rights: printed by scripts/print-rights.ts -->'
const END = '<!-- /rights -->'

const HOLDERS: readonly Holder[] = [...ROLES, 'visitor']

const NAMES: Readonly<Record<Right, string>> = {
  viewLibrary: 'see the library',
  viewShared: 'see what is shared with them',
  download: 'download from the library',
  useShares: 'download, upload in a share',
  upload: 'upload to the library',
  changePhotos: 'change photos (private, archive, trash, fix date or place)',
  overlay: 'overlay',
  share: 'share',
  webdav: 'WebDAV',
  jobs: 'start scans, see jobs',
  administer: 'accounts, library and advanced settings, worker logs',
  superAdminister: 'global feature flags; super admins and their flag; passwords without the current one',
  preferences: 'personal preferences (theme, language, password, …)',
}

const WORDS: Readonly<Record<Extent, string>> = {
  no: '–',
  yes: 'yes',
  household: "every folder of the household (default view: own; switch: everyone, or one account's)",
  own: 'own folders',
  'own-shown': 'own folders, nothing private, archived or in the trash',
  'own-read-write': 'own read-write folders',
  'any-read-write': 'any folder granted read-write to someone',
  'if-on': 'if on for the account',
  'if-super': 'super admin',
  'as-shared': 'as the share allows; read-only unless upload was chosen',
  'share-download': 'download only, as the share allows',
  link: 'what the link holds',
  some: 'favourites and ratings',
  session: 'for the browsing session',
}

/** Where a right has words of its own for how far it reaches. */
const OWN_WORDS: { readonly [R in Right]?: { readonly [E in Extent]?: string } } = {
  overlay: { yes: 'all' },
  share: { 'if-on': 'if allowed for the account' },
  jobs: { yes: 'all', own: "own folders'" },
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const words = (right: Right, extent: Extent) => OWN_WORDS[right]?.[extent] ?? WORDS[extent]

function rightsTable(): string {
  // the keys of the table are its rights
  const rights = Object.keys(RIGHTS) as Right[]
  const rows = rights.map((right) => [
    NAMES[right],
    ...HOLDERS.map((role) => words(right, RIGHTS[right][role])),
  ])
  return table(['may', ...HOLDERS], rows)
}

/** Which capability (`session.me`) comes from which row, how far that must reach, and which feature it needs. */
function rulesTable(): string {
  const rows = CAPABILITIES.map((name) => {
    const { right, reaching, flag } = RULES[name]
    const reach = reaching
      ? ` (${reaching.map((extent) => words(right, extent).split(' (')[0]).join(' / ')})`
      : ''
    return [`\`${name}\``, NAMES[right] + reach, flag ? `\`${flag}\`` : '–']
  })
  return table(['capability', 'comes from', 'feature'], rows)
}

/** Features that gate no capability: they have a meaning of their own, or come with a later version. */
function otherFlags(): string {
  const gating = new Set(CAPABILITIES.map((name) => RULES[name].flag))
  return FLAGS.filter((flag) => !gating.has(flag))
    .map((flag) => `\`${flag}\``)
    .join(', ')
}

/** The text with what is between the markers printed afresh. Throws where a marker is missing. */
export function withRights(text: string): string {
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`The markers ${BEGIN} and ${END} are missing.`)
  const printed = `${rightsTable()}\n\n${rulesTable()}\n\nFeatures that gate no capability: ${otherFlags()}.`
  return `${text.slice(0, begin)}${BEGIN}\n\n${printed}\n\n${text.slice(end)}`
}

if (import.meta.main) writeFileSync(RIGHTS_FILE, withRights(readFileSync(RIGHTS_FILE, 'utf8')))
