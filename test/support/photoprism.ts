import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import sqlite3 from 'sqlite3'

/** The tables of PhotoPrism's public schema that are read, with columns around those; as gorm makes them for SQLite. */
const SCHEMA = `
create table auth_users (id integer primary key, user_uuid varbinary(64), user_uid varbinary(42), auth_provider varbinary(128),
  user_name varchar(200), display_name varchar(200), user_email varchar(255), user_role varchar(64), super_admin bool,
  can_login bool, webdav bool, base_path varbinary(1024), created_at datetime, deleted_at datetime);
create table photos (id integer primary key, photo_uid varbinary(42), taken_at datetime, taken_at_local datetime,
  photo_title varchar(200), title_src varbinary(8), photo_description varchar(4096), description_src varbinary(8),
  photo_path varbinary(1024), photo_name varbinary(255), photo_favorite bool, photo_private bool, created_by varbinary(42),
  created_at datetime, deleted_at datetime);
create table files (id integer primary key, photo_id integer, photo_uid varbinary(42), file_uid varbinary(42),
  file_name varbinary(1024), file_root varbinary(16) default '/', file_hash varbinary(128), file_size bigint,
  file_primary bool, file_sidecar bool default 0, file_missing bool default 0, deleted_at datetime);
create table albums (id integer primary key, album_uid varbinary(42), parent_uid varbinary(42), album_slug varbinary(160),
  album_type varbinary(8) default 'album', album_title varchar(160), album_description varchar(2048), album_filter varbinary(2048) default '',
  album_order varbinary(32), thumb varbinary(128), thumb_src varbinary(8), created_by varbinary(42), created_at datetime, deleted_at datetime);
create table photos_albums (photo_uid varbinary(42), album_uid varbinary(42), "order" integer, hidden bool default 0,
  missing bool default 0, created_at datetime, primary key (photo_uid, album_uid));
create table details (photo_id integer primary key, keywords varchar(2048), keywords_src varbinary(8));
create table labels (id integer primary key, label_uid varbinary(42), label_name varchar(160), deleted_at datetime);
create table photos_labels (photo_id integer, label_id integer, label_src varbinary(8), uncertainty smallint, primary key (photo_id, label_id));
create table subjects (subj_uid varbinary(42) primary key, subj_type varbinary(8), subj_name varchar(160), subj_hidden bool, deleted_at datetime);
create table markers (marker_uid varbinary(42) primary key, file_uid varbinary(42), marker_type varbinary(8), subj_uid varbinary(42),
  marker_invalid bool default 0);
`

type Value = string | number | boolean | null | Buffer

export type PhotoPrism = Awaited<ReturnType<typeof makePhotoPrism>>

/**
 * An `index.db` as PhotoPrism would leave it; rows are put in by table.
 * @param caption what a photo's description is called: newer releases say caption
 */
export async function makePhotoPrism(file: string, caption: 'description' | 'caption' = 'description') {
  await rm(file, { force: true })
  const database = new sqlite3.Database(file)
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) => database.exec(sql, (error) => (error ? reject(error) : resolve())))
  await exec(
    SCHEMA.replace('photo_description', `photo_${caption}`).replace('description_src', `${caption}_src`),
  )
  let photos = 0
  async function put(table: string, row: Record<string, Value>): Promise<void> {
    const names = Object.keys(row)
    const sql = `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`
    await new Promise<void>((resolve, reject) =>
      database.run(sql, Object.values(row), (error) => (error ? reject(error) : resolve())),
    )
  }
  return {
    file,
    exec,
    put,
    /** A photo with its original at `path`, whose bytes are those of `bytesOf` on this disk; answers its number. */
    async photo(
      path: string,
      bytesOf: string,
      row: Record<string, Value> = {},
      ofFile: Record<string, Value> = {},
    ) {
      photos += 1
      const bytes = await readFile(bytesOf).catch(() => Buffer.from(`no file ${path}`))
      const photo_uid = `p${photos}`
      const taken = '2024-07-06 18:20:11'
      await put('photos', {
        ...{ id: photos, photo_uid, taken_at_local: taken, photo_title: 'Sea / 2024', title_src: 'name' },
        ...{
          [`photo_${caption}`]: null,
          [`${caption}_src`]: '',
          photo_favorite: 0,
          photo_private: 0,
          ...row,
        },
      })
      await put('files', {
        ...{ photo_id: photos, photo_uid, file_uid: `f${photos}`, file_name: path, file_primary: 1 },
        file_hash: createHash('sha1').update(bytes).digest('hex'),
        file_size: bytes.length,
        ...ofFile,
      })
      return photos
    },
    close: () => new Promise<void>((resolve) => database.close(() => resolve())),
  }
}
