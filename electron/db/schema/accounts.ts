import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** People who can log in. `role` is free text on purpose: a role of a newer version must survive an older one. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** stored lowercase, `a-z 0-9 . _ -`; unique among accounts that are not deleted */
    username: text('username').notNull(),
    name: text('name').notNull().default(''),
    email: text('email'),
    role: text('role').notNull(),
    superAdmin: integer('super_admin', { mode: 'boolean' }).notNull().default(false),
    /** bcrypt, cost 12 */
    passwordHash: text('password_hash').notNull(),
    mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull().default(false),
    mayLogIn: integer('may_log_in', { mode: 'boolean' }).notNull().default(true),
    webdav: integer('webdav', { mode: 'boolean' }).notNull().default(false),
    mayShare: integer('may_share', { mode: 'boolean' }).notNull().default(true),
    /** bytes this account may upload, trash included; null: unlimited */
    quotaBytes: integer('quota_bytes'),
    note: text('note').notNull().default(''),
    /** TOTP seed, encrypted under the key file outside the database; the second factor is on while there is one */
    totpSecret: text('totp_secret'),
    /** a seed that was shown and waits for its first right code, encrypted likewise */
    totpPendingSecret: text('totp_pending_secret'),
    /** the time step (30 s) of the last code that was taken: none is taken twice */
    totpLastStep: integer('totp_last_step'),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at'),
    /** signed up by themself at this moment, and no admin has given them a folder since */
    pendingSince: integer('pending_since'),
    /** deleted at this moment: gone for everybody, though its row and what it added are there until `purgeAfter` */
    deletedAt: integer('deleted_at'),
    /** a deleted account can be restored until then; afterwards a job removes what it added and, last, the row */
    purgeAfter: integer('purge_after'),
  },
  (table) => [uniqueIndex('accounts_username').on(table.username).where(sql`deleted_at is null`)],
)

/** A login on one device. Only the SHA-256 of the token is kept. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull().unique(),
    /** what the device calls itself, e.g. a browser's name; shown in the list of sessions */
    device: text('device').notNull(),
    address: text('address').notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** while set, the session does nothing but wait for its account's password, or (`system`) for the computer's own unlock */
    lockedBy: text('locked_by', { enum: ['person', 'system'] }),
    /** while set, this session shows what that account sees, read-only */
    viewingAs: integer('viewing_as').references(() => accounts.id, { onDelete: 'set null' }),
  },
  (table) => [index('sessions_account').on(table.accountId)],
)

/** Devices an account has logged in from: they keep their own allowance of attempts, so a stranger can't lock them out. */
export const knownDevices = sqliteTable(
  'known_devices',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at').notNull(),
  },
  (table) => [uniqueIndex('known_devices_account_token').on(table.accountId, table.tokenHash)],
)

/** Second-factor recovery codes, hashed, each good once. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    codeHash: text('code_hash').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [index('recovery_codes_account').on(table.accountId)],
)

/** Random passwords for WebDAV clients; SHA-256 suffices because they are random. */
export const appPasswords = sqliteTable(
  'app_passwords',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    label: text('label').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    access: text('access', { enum: ['read-write', 'read-only'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [index('app_passwords_account').on(table.accountId)],
)
