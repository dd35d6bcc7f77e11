import { CommandFailure } from '../failure.ts'
import type { ForeignDatabase } from './database.ts'

/** What is read of PhotoPrism's database (its public schema, releases from 2022 on): table → columns. */
const READ: Record<string, readonly string[]> = {
  auth_users: [
    'id',
    'user_uid',
    'user_name',
    'display_name',
    'user_email',
    'user_role',
    'super_admin',
    'deleted_at',
  ],
  photos: [
    'id',
    'photo_uid',
    'taken_at_local',
    'photo_title',
    'title_src',
    'photo_favorite',
    'photo_private',
    'deleted_at',
  ],
  files: [
    'id',
    'photo_id',
    'photo_uid',
    'file_uid',
    'file_name',
    'file_root',
    'file_hash',
    'file_size',
    'file_primary',
    'file_sidecar',
    'file_missing',
    'deleted_at',
  ],
  albums: [
    'id',
    'album_uid',
    'parent_uid',
    'album_type',
    'album_title',
    'album_description',
    'album_filter',
    'thumb',
    'thumb_src',
    'created_by',
    'created_at',
    'deleted_at',
  ],
  photos_albums: ['photo_uid', 'album_uid', 'hidden', 'missing', 'created_at'],
  details: ['photo_id', 'keywords', 'keywords_src'],
  labels: ['id', 'label_name', 'deleted_at'],
  photos_labels: ['photo_id', 'label_id', 'label_src', 'uncertainty'],
  subjects: ['subj_uid', 'subj_type', 'subj_name', 'deleted_at'],
  markers: ['file_uid', 'subj_uid', 'marker_type', 'marker_invalid'],
}

/** Columns that were renamed: newer releases call a photo's description its caption. */
export interface Columns {
  caption: string
  captionSource: string
}

/** Checks that all tables and columns are there, as tables. Throws {@link CommandFailure} naming the first that is not. */
export async function readColumns(database: ForeignDatabase): Promise<Columns> {
  const rows = await database.all("select name from sqlite_master where type = 'table'")
  const tables = new Set(rows.map(({ name }) => name))
  const there = new Map<string, Set<unknown>>()
  for (const [table, columns] of Object.entries(READ)) {
    if (!tables.has(table))
      throw new CommandFailure(`This is no database of PhotoPrism: it has no table ${table}`)
    const info = await database.all('select name from pragma_table_info(?)', [table])
    const found = new Set(info.map(({ name }) => name))
    there.set(table, found)
    const missing = columns.find((column) => !found.has(column))
    if (missing)
      throw new CommandFailure(
        `This database of PhotoPrism is not understood: ${table} has no column ${missing}`,
      )
  }
  const photos = there.get('photos')
  if (photos?.has('photo_caption') && photos.has('caption_src'))
    return { caption: 'photo_caption', captionSource: 'caption_src' }
  if (photos?.has('photo_description') && photos.has('description_src'))
    return { caption: 'photo_description', captionSource: 'description_src' }
  throw new CommandFailure(
    'This database of PhotoPrism is not understood: photos has neither photo_caption nor photo_description',
  )
}
