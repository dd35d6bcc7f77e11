import { ACCOUNTS, everyone, type Outcome, type Row } from '../outcomes.ts'
import type { Who } from '../world.ts'

const header = {
  format: 'mantel-overlays',
  version: 1,
  exportedAt: '2026-11-22T10:00:00.000Z',
  account: { username: 'ada', name: 'Ada' },
}
const part = { dryRun: true, mode: 'fill-gaps', header }

/** Nobody's but one's own; only the operator names an account. */
const anothers: Record<Who, Outcome> = {
  ...ACCOUNTS,
  guest: 'not_found',
  viewer: 'not_found',
  user: 'not_found',
  admin: 'not_found',
  super: 'not_found',
  unknownRoleWithFlag: 'not_found',
  operator: 'ok',
}
const nobodys: Record<Who, Outcome> = { ...anothers, operator: 'not_found' }

export const overlayRows: Row[] = [
  {
    procedure: 'overlays.export',
    object: 'own',
    input: () => ({}),
    expect: { ...ACCOUNTS, operator: 'invalid' },
  },
  {
    procedure: 'overlays.export',
    object: "another account's",
    input: ({ olgaId }) => ({ accountId: olgaId }),
    expect: anothers,
  },
  {
    procedure: 'overlays.export',
    object: "another account's, a later page",
    input: ({ olgaId }) => ({ accountId: olgaId, after: { of: 'albums', id: 0 } }),
    expect: anothers,
  },
  {
    procedure: 'overlays.export',
    object: 'of an account that does not exist',
    input: () => ({ accountId: 999_999 }),
    expect: nobodys,
  },
  {
    procedure: 'overlays.import',
    object: 'own, dry run',
    input: () => part,
    // the operator: as if for somebody who sees every folder
    expect: { ...ACCOUNTS, operator: 'ok' },
  },
  {
    procedure: 'overlays.import',
    object: 'own',
    input: () => ({ ...part, dryRun: false }),
    expect: { ...ACCOUNTS, operator: 'invalid' },
  },
  {
    procedure: 'overlays.import',
    object: "another account's",
    input: ({ olgaId }) => ({ ...part, dryRun: false, accountId: olgaId }),
    expect: anothers,
  },
  {
    procedure: 'overlays.import',
    object: 'of another format',
    input: () => ({ ...part, header: { ...header, format: 'photos' } }),
    expect: invalidFor(),
  },
]

function invalidFor(): Record<Who, Outcome> {
  const all = everyone('invalid')
  const kept = Object.entries(ACCOUNTS).filter(([who, outcome]) => outcome !== 'ok' && who !== 'operator')
  return { ...all, ...Object.fromEntries(kept) }
}
