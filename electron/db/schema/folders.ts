import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts } from './accounts.ts'

/**
 * Directories that are granted or registered. Areas are disjoint: every directory on disk belongs to the area of its deepest
 * such ancestor, so access to a photo is a look at one number (docs/architecture.md, "Areas").
 */
export const areas = sqliteTable(
  'areas',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** absolute, links resolved */
    path: text('path').notNull().unique(),
    /** the area this one lies in, if any */
    parentId: integer('parent_id'),
    /** file identity of the directory, as text (64-bit numbers): another volume at the same path is another folder */
    device: text('device').notNull(),
    inode: text('inode').notNull(),
    status: text('status', { enum: ['online', 'offline'] })
      .notNull()
      .default('online'),
    /** why it is offline, a reason code of the contract */
    statusReason: text('status_reason'),
    /** files that a braked scan did not find; 0 unless that is why it is offline */
    vanishedCount: integer('vanished_count').notNull().default(0),
    /** so many vanished files an admin said are really gone: the next scan is not braked by them */
    acceptedVanished: integer('accepted_vanished'),
    /** entered by an admin as a root of the household, so it stays offered without any grant */
    registered: integer('registered', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    lastScanAt: integer('last_scan_at'),
    /** days on which a scan found it online: what vanished is kept for 30 of these, not of the calendar's */
    onlineDays: integer('online_days').notNull().default(0),
    /** when the last of these days began: the next one is a day later (electron/domain/scan/online-days.ts) */
    onlineDayAt: integer('online_day_at'),
  },
  (table) => [index('areas_parent').on(table.parentId)],
)

/** What an admin gave: this account may see this directory and everything below it. */
export const grants = sqliteTable(
  'grants',
  {
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    areaId: integer('area_id')
      .notNull()
      .references(() => areas.id, { onDelete: 'cascade' }),
    access: text('access', { enum: ['read-write', 'read-only'] }).notNull(),
    mayShare: integer('may_share', { mode: 'boolean' }).notNull(),
    grantedAt: integer('granted_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.areaId] })],
)

/** Derived from grants: which areas an account reaches, the deepest grant deciding how. */
export const areaAccess = sqliteTable(
  'area_access',
  {
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    areaId: integer('area_id')
      .notNull()
      .references(() => areas.id, { onDelete: 'cascade' }),
    access: text('access', { enum: ['read-write', 'read-only'] }).notNull(),
    mayShare: integer('may_share', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.areaId] }),
    index('area_access_area').on(table.areaId),
  ],
)

/** Every directory below an area, the area's own included. */
export const directories = sqliteTable(
  'directories',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    areaId: integer('area_id')
      .notNull()
      .references(() => areas.id, { onDelete: 'cascade' }),
    /** absolute */
    path: text('path').notNull(),
    /**
     * of names, sizes and times of its files, when all of them were indexed as they stood on disk; null after any change in
     * `files` (electron/db/triggers.ts), so that an equal one says there is nothing to compare
     */
    digest: text('digest'),
  },
  (table) => [uniqueIndex('directories_path').on(table.path), index('directories_area').on(table.areaId)],
)
