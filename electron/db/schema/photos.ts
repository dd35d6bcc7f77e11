import { sql } from 'drizzle-orm'
import {
  blob,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { areas, directories } from './folders.ts'

/** What people see as one picture or video. Its id survives edits and moves of its files. */
export const photos = sqliteTable(
  'photos',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    areaId: integer('area_id')
      .notNull()
      .references(() => areas.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['image', 'raw', 'video'] }).notNull(),
    /** pending: no picture made yet · unsupported: a kind this version can't decode · broken: should decode, doesn't */
    state: text('state', { enum: ['pending', 'ready', 'unsupported', 'broken'] }).notNull(),
    stateReason: text('state_reason'),
    /** what tried to decode it and failed; another version may try again */
    decoder: text('decoder'),
    /** whether its preview was made, or failed while its thumbnail did not; thumbnails come first */
    hasPreview: integer('has_preview', { mode: 'boolean' }).notNull().default(false),
    /** counts up whenever the picture changes; part of media addresses */
    version: integer('version').notNull().default(1),
    /** local wall clock, `YYYY-MM-DDTHH:mm:ss.sss` */
    takenAt: text('taken_at').notNull(),
    /** `+02:00`, or null where nothing told it */
    takenOffset: text('taken_offset'),
    takenSource: text('taken_source', { enum: ['exif', 'container', 'gps', 'name', 'file'] }).notNull(),
    month: text('month').notNull().generatedAlwaysAs(sql`substr(taken_at, 1, 7)`, { mode: 'stored' }),
    /** pixels after orientation; null until something told them */
    width: integer('width'),
    height: integer('height'),
    thumbhash: blob('thumbhash', { mode: 'buffer' }),
    mime: text('mime').notNull(),
    cameraMake: text('camera_make'),
    cameraModel: text('camera_model'),
    lens: text('lens'),
    iso: integer('iso'),
    fNumber: real('f_number'),
    exposureSeconds: real('exposure_seconds'),
    focalLengthMm: real('focal_length_mm'),
    /** degrees, WGS 84; metres above sea level */
    latitude: real('latitude'),
    longitude: real('longitude'),
    altitude: real('altitude'),
    private: integer('private', { mode: 'boolean' }).notNull().default(false),
    archived: integer('archived', { mode: 'boolean' }).notNull().default(false),
    trashedAt: integer('trashed_at'),
    /** set while none of its files is on disk */
    missingAt: integer('missing_at'),
    /** where it is shelved, the strictest reason first; part of the index, so a viewer's page costs no more */
    shelf: text('shelf', { enum: ['shown', 'archived', 'private', 'trashed', 'missing'] })
      .notNull()
      .generatedAlwaysAs(
        sql`case when missing_at is not null then 'missing' when trashed_at is not null then 'trashed' when private then 'private' when archived then 'archived' else 'shown' end`,
        { mode: 'stored' },
      ),
    addedAt: integer('added_at').notNull(),
  },
  (table) => [
    index('photos_timeline').on(table.areaId, table.shelf, table.takenAt, table.id),
    // Only what waits for its pictures, newest first: nearly always empty, so that looking costs nothing.
    index('photos_pending')
      .on(table.areaId, table.takenAt, table.id)
      .where(sql`state = 'pending' and missing_at is null`),
    // Looked through once a run of the program, for what another version failed on.
    index('photos_failed')
      .on(table.areaId, table.state, table.mime)
      .where(sql`state in ('broken', 'unsupported') and missing_at is null`),
    index('photos_no_preview')
      .on(table.areaId, table.takenAt, table.id)
      .where(sql`state = 'ready' and has_preview = 0 and missing_at is null`),
    // Grows at its end alone, as time does: an index by area too would be written all over the place.
    index('photos_added').on(table.addedAt),
  ],
)

/**
 * What people put right about a photo, and what its file says instead. `photos` holds what counts, so that every list and count goes by
 * it; whatever reads the file again notes it here and leaves corrected parts of `photos` alone.
 */
export const corrections = sqliteTable('corrections', {
  photoId: integer('photo_id')
    .primaryKey()
    .references(() => photos.id, { onDelete: 'cascade' }),
  /** whether date and offset were put right */
  date: integer('date', { mode: 'boolean' }).notNull().default(false),
  /** whether the place was put right; to none at all, where the photo has none */
  place: integer('place', { mode: 'boolean' }).notNull().default(false),
  fileTakenAt: text('file_taken_at').notNull(),
  fileTakenOffset: text('file_taken_offset'),
  fileTakenSource: text('file_taken_source', {
    enum: ['exif', 'container', 'gps', 'name', 'file'],
  }).notNull(),
  fileLatitude: real('file_latitude'),
  fileLongitude: real('file_longitude'),
  fileAltitude: real('file_altitude'),
  updatedAt: integer('updated_at').notNull(),
})

/** One file on disk, indexed once however many accounts can see it. */
export const files = sqliteTable(
  'files',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    photoId: integer('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    areaId: integer('area_id')
      .notNull()
      .references(() => areas.id, { onDelete: 'cascade' }),
    directoryId: integer('directory_id')
      .notNull()
      .references(() => directories.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** primary: what the photo shows; the others are companions such as a live pair's video */
    part: text('part', { enum: ['primary', 'raw', 'live', 'edit'] })
      .notNull()
      .default('primary'),
    sizeBytes: integer('size_bytes').notNull(),
    /** milliseconds with fraction, as the file system gives it */
    mtimeMs: real('mtime_ms').notNull(),
    /** hash of the first and last 64 KiB, hex; recognises moved files */
    quickHash: text('quick_hash'),
    /** SHA-256 of the whole file, hex; addresses the cache of pictures */
    contentHash: text('content_hash'),
    presence: text('presence', { enum: ['present', 'missing'] })
      .notNull()
      .default('present'),
    missingSince: integer('missing_since'),
    /** its area's `onlineDays` at the end of the scan that found it missing; null until then */
    missingOnDay: integer('missing_on_day'),
  },
  (table) => [
    uniqueIndex('files_directory_name').on(table.directoryId, table.name),
    index('files_photo').on(table.photoId),
    index('files_area').on(table.areaId),
    index('files_size').on(table.sizeBytes, table.quickHash),
    index('files_content').on(table.contentHash),
    index('files_missing').on(table.areaId, table.missingOnDay).where(sql`presence = 'missing'`),
  ],
)

/** How many photos a month of an area holds, per shelf. Kept exact by triggers (electron/db/triggers.ts). */
export const monthCounts = sqliteTable(
  'month_counts',
  {
    areaId: integer('area_id').notNull(),
    shelf: text('shelf').notNull(),
    month: text('month').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.areaId, table.shelf, table.month] })],
)
