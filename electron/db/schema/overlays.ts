import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts } from './accounts.ts'
import { photos } from './photos.ts'

/** What one account adds to a photo; seen by that account alone. */
export const overlays = sqliteTable(
  'overlays',
  {
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    photoId: integer('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    favourite: integer('favourite', { mode: 'boolean' }).notNull().default(false),
    /** 0 (none) to 5 */
    rating: integer('rating').notNull().default(0),
    caption: text('caption').notNull().default(''),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.photoId] }),
    index('overlays_photo').on(table.photoId),
    // of a large overlay the few that lists ask for
    index('overlays_favourite').on(table.accountId, table.photoId).where(sql`favourite = 1`),
    index('overlays_rating').on(table.accountId, table.rating, table.photoId).where(sql`rating > 0`),
  ],
)

/** Captions "for everyone with this folder". */
export const sharedCaptions = sqliteTable('shared_captions', {
  photoId: integer('photo_id')
    .primaryKey()
    .references(() => photos.id, { onDelete: 'cascade' }),
  caption: text('caption').notNull(),
  accountId: integer('account_id').references(() => accounts.id, { onDelete: 'set null' }),
  updatedAt: integer('updated_at').notNull(),
})

/** Tags form a tree per account; without an account they are for everyone with the folder. */
export const tags = sqliteTable(
  'tags',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
    parentId: integer('parent_id'),
    name: text('name').notNull(),
  },
  (table) => [uniqueIndex('tags_name').on(table.accountId, table.parentId, table.name)],
)

export const photoTags = sqliteTable(
  'photo_tags',
  {
    tagId: integer('tag_id')
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    photoId: integer('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.tagId, table.photoId] }),
    index('photo_tags_photo').on(table.photoId),
  ],
)
