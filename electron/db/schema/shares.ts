import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts } from './accounts.ts'
import { albums } from './albums.ts'
import { areas, directories } from './folders.ts'
import { photos } from './photos.ts'

/** A link to an album, a directory or picked photos (`share_photos`). */
export const shares = sqliteTable(
  'shares',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    creatorId: integer('creator_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    albumId: integer('album_id').references(() => albums.id, { onDelete: 'cascade' }),
    directoryId: integer('directory_id').references(() => directories.id, { onDelete: 'cascade' }),
    /** shared with named accounts (`share_guests`), without an address that anybody was ever told */
    direct: integer('direct', { mode: 'boolean' }).notNull().default(false),
    label: text('label').notNull().default(''),
    /** links are looked up by the SHA-256 of their token */
    tokenHash: text('token_hash').notNull().unique(),
    /** the token encrypted under the key file, to show the link to its owner again */
    tokenSealed: text('token_sealed').notNull(),
    passwordHash: text('password_hash'),
    expiresAt: integer('expires_at'),
    viewLimit: integer('view_limit'),
    views: integer('views').notNull().default(0),
    download: text('download', { enum: ['none', 'resized', 'original'] }).notNull(),
    uploadAreaId: integer('upload_area_id').references(() => areas.id, { onDelete: 'set null' }),
    hidePlaces: integer('hide_places', { mode: 'boolean' }).notNull().default(false),
    hideCamera: integer('hide_camera', { mode: 'boolean' }).notNull().default(false),
    createdAt: integer('created_at').notNull(),
    lastOpenedAt: integer('last_opened_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [index('shares_creator').on(table.creatorId)],
)

export const sharePhotos = sqliteTable(
  'share_photos',
  {
    shareId: integer('share_id')
      .notNull()
      .references(() => shares.id, { onDelete: 'cascade' }),
    photoId: integer('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.shareId, table.photoId] }),
    index('share_photos_photo').on(table.photoId),
  ],
)

/** A visitor's browsing session on one link, 24 hours at most. A browser has one token for all the links it opened. */
export const visitorSessions = sqliteTable(
  'visitor_sessions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    shareId: integer('share_id')
      .notNull()
      .references(() => shares.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    /** false once the link's password was changed, until the new one was given */
    passedPassword: integer('passed_password', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    index('visitor_sessions_share').on(table.shareId),
    uniqueIndex('visitor_sessions_token').on(table.tokenHash, table.shareId),
  ],
)

/** Accounts that opened a link while logged in, or that something is shared with by name (`shares.direct`): they find it under "Shared with me". */
export const shareGuests = sqliteTable(
  'share_guests',
  {
    shareId: integer('share_id')
      .notNull()
      .references(() => shares.id, { onDelete: 'cascade' }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** of what is shared by name: since when it is */
    openedAt: integer('opened_at').notNull(),
    /** false once the link's password was changed, until the new one was given; of what is shared by name, which has none: until it was looked at first */
    passedPassword: integer('passed_password', { mode: 'boolean' }).notNull().default(true),
    /** of an album that is shared by name: whether they may add photos of their own */
    part: text('part', { enum: ['viewer', 'contributor'] })
      .notNull()
      .default('viewer'),
  },
  (table) => [primaryKey({ columns: [table.shareId, table.accountId] })],
)

/** Photos that people added to an album which is shared with them by name; shown in that share alone, as far as who added them may share them. */
export const shareContributions = sqliteTable(
  'share_contributions',
  {
    shareId: integer('share_id')
      .notNull()
      .references(() => shares.id, { onDelete: 'cascade' }),
    photoId: integer('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    addedAt: integer('added_at').notNull(),
    /** who took it out again, and may bring it back; null: it is there */
    withdrawnBy: integer('withdrawn_by').references(() => accounts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.shareId, table.photoId] }),
    index('share_contributions_photo').on(table.photoId),
    index('share_contributions_account').on(table.accountId),
  ],
)

/** Files that a link's holders sent; they lie apart from all folders until its owner takes them. */
export const heldUploads = sqliteTable(
  'held_uploads',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    shareId: integer('share_id')
      .notNull()
      .references(() => shares.id, { onDelete: 'cascade' }),
    /** who sent it; null for visitors */
    accountId: integer('account_id').references(() => accounts.id, { onDelete: 'set null' }),
    /** what a visitor calls themselves, which nobody checks */
    senderName: text('sender_name').notNull().default(''),
    /** as its sender named it */
    fileName: text('file_name').notNull(),
    /** what it is called in the data folder */
    fileKey: text('file_key').notNull().unique(),
    sizeBytes: integer('size_bytes').notNull(),
    /** SHA-256 of its content, hex */
    contentHash: text('content_hash').notNull(),
    mime: text('mime').notNull(),
    uploadedAt: integer('uploaded_at').notNull(),
    /** when it was turned down; kept for some days, so that it can be brought back */
    declinedAt: integer('declined_at'),
  },
  (table) => [uniqueIndex('held_uploads_content').on(table.shareId, table.contentHash)],
)
