import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accounts } from './accounts.ts'
import { photos } from './photos.ts'

/** An account's collections; nested by `parentId`. */
export const albums = sqliteTable(
  'albums',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ownerId: integer('owner_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    parentId: integer('parent_id'),
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    order: text('order', { enum: ['date', 'hand'] })
      .notNull()
      .default('date'),
    coverPhotoId: integer('cover_photo_id').references(() => photos.id, { onDelete: 'set null' }),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** when it was removed, with those below it; kept for some days, so that it can be brought back */
    removedAt: integer('removed_at'),
  },
  (table) => [index('albums_owner').on(table.ownerId), index('albums_parent').on(table.parentId)],
)

export const albumPhotos = sqliteTable(
  'album_photos',
  {
    albumId: integer('album_id')
      .notNull()
      .references(() => albums.id, { onDelete: 'cascade' }),
    photoId: integer('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    /** who put it there; what that account can no longer see, the album no longer shows to others */
    addedBy: integer('added_by').references(() => accounts.id, { onDelete: 'set null' }),
    addedAt: integer('added_at').notNull(),
    position: integer('position').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.albumId, table.photoId] }),
    index('album_photos_photo').on(table.photoId),
  ],
)
