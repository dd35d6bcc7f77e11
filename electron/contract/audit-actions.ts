/** What the audit log tells of: a closed set, each with its words in the locale files (`audit.actions`). */
export const AUDIT_ACTIONS = [
  'household.setUp',
  'account.created',
  'account.signedUp',
  'account.changed',
  'account.recovered',
  'account.removed',
  'account.restored',
  'account.purged',
  'account.passwordChanged',
  'account.viewed',
  'grants.changed',
  'session.revoked',
  'totp.enabled',
  'totp.disabled',
  'totp.cleared',
  'totp.recoveryCodes',
  'appPassword.created',
  'appPassword.revoked',
  'folder.added',
  'folder.removed',
  'folder.vanishedAccepted',
  'flags.changed',
  'settings.changed',
  'defaults.changed',
  'backup.created',
  'backup.restored',
  'overlays.exported',
  'overlays.imported',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** What an entry is about. */
export const AUDIT_OBJECTS = ['account', 'folder', 'household', 'backup'] as const
export type AuditObject = (typeof AUDIT_OBJECTS)[number]
