import { rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { documentSchema } from '../../electron/contract/overlays.ts'
import { type CommandLine, openCommandLine } from '../support/command-line.ts'
import { makePhotoPrism, type PhotoPrism } from '../support/photoprism.ts'
import { makePicture } from '../support/pictures.ts'

// A household moves in: PhotoPrism's database beside the pictures it knew, with all that years leave behind in one.

let line: CommandLine
let originals: string
let theirs: PhotoPrism

const LONG = '🏖️ Grüße vom Meer '.repeat(580).slice(0, 9999)

beforeEach(async () => {
  line = await openCommandLine()
  originals = join(line.root, 'originals')
  const colours = ['red', 'green', 'blue', 'orange', 'black', 'white', 'pink']
  const names = ['a.jpg', '2024/b.jpg', '2024/c.jpg', 'moved here/d.jpg', 'Cafe\u0301.jpg', 'e.jpg', 'f.jpg']
  for (const [index, name] of names.entries())
    await makePicture(join(originals, name), { colour: colours[index] ?? 'red', width: 60 + index })
  await line.addOlga()
  await line.mantel(['folders', 'add', originals])
  await line.mantel(['scan'])
  theirs = await makePhotoPrism(join(line.root, 'index.db'))
  await fillUsers()
  await fillPhotos()
  await fillAlbums()
  await theirs.close()
}, 60_000)

async function fillUsers() {
  const user = (id: number, user_name: string | null, row: object = {}) =>
    theirs.put('auth_users', { id, user_uid: `u${id}`, user_name, super_admin: 0, user_role: 'user', ...row })
  await user(1, 'admin', {
    super_admin: 1,
    user_role: 'admin',
    display_name: 'Anna 👩‍🌾',
    user_email: 'anna@example.org',
  })
  await user(2, 'Zoë Müller', { user_role: 'viewer', user_email: 'not an address' })
  await user(3, 'carl', { user_role: 'uploader', display_name: 'C'.repeat(180) })
  await user(4, 'gone', { deleted_at: '2023-01-01 00:00:00' })
  await user(-1, '', { user_role: '' })
  await user(-2, '', { user_role: 'visitor' })
  await user(5, null)
}

async function fillPhotos() {
  const path = (name: string) => join(originals, name)
  const written = { photo_description: LONG, description_src: 'manual' }
  await theirs.photo('a.jpg', path('a.jpg'), { photo_favorite: 1, ...written })
  await theirs.photo('2024/b.jpg', path('2024/b.jpg'), { photo_title: 'Typed', title_src: 'manual' })
  // made up by a machine: stays behind
  await theirs.photo('2024/c.jpg', path('2024/c.jpg'), {
    photo_description: 'a cat',
    description_src: 'image',
  })
  // moved since PhotoPrism last looked: found by its bytes
  await theirs.photo('old place/d.jpg', path('moved here/d.jpg'), { photo_favorite: 1, photo_private: 1 })
  // an archived one, its name put together otherwise
  await theirs.photo('Caf\u00e9.jpg', path('Cafe\u0301.jpg'), {
    photo_favorite: 1,
    deleted_at: '2024-01-01 00:00:00',
  })
  // paths that lead out are names and nothing else
  await theirs.photo('../../etc/passwd', path('none'), { photo_favorite: 1 })
  // its main file is one that PhotoPrism made
  const raw = await theirs.photo('e.jpg.png', path('e.jpg'), { photo_favorite: 1 }, { file_root: 'sidecar' })
  await theirs.put('files', {
    ...{ photo_id: raw, photo_uid: `p${raw}`, file_uid: 'fe', file_name: 'e.jpg', file_primary: 0 },
    ...{ file_hash: 'x', file_size: (await stat(path('e.jpg'))).size },
  })
  await theirs.photo('lost.jpg', path('none'), { photo_favorite: 1 }, { file_missing: 1 })
  await theirs.put('details', { photo_id: 2, keywords: 'sea, Family ; sea,, 🐚', keywords_src: 'meta' })
  await theirs.put('details', { photo_id: 3, keywords: 'green, colour', keywords_src: '' })
  await theirs.put('labels', { id: 1, label_name: 'Boat' })
  await theirs.put('photos_labels', { photo_id: 2, label_id: 1, label_src: 'manual', uncertainty: 0 })
  await theirs.put('photos_labels', { photo_id: 3, label_id: 1, label_src: 'image', uncertainty: 10 })
  await theirs.put('subjects', { subj_uid: 's1', subj_type: 'person', subj_name: 'Jane Dœ' })
  await theirs.put('subjects', { subj_uid: 's2', subj_type: 'person', subj_name: null })
  for (const [n, subj_uid] of ['s1', 's1', 's2', 'none'].entries())
    await theirs.put('markers', { marker_uid: `m${n}`, file_uid: 'f3', marker_type: 'face', subj_uid })
  await theirs.put('markers', {
    marker_uid: 'x',
    file_uid: 'f2',
    marker_type: 'face',
    subj_uid: 's1',
    marker_invalid: 1,
  })
}

async function fillAlbums() {
  const album = (id: number, album_title: string | null, row: object = {}) =>
    theirs.put('albums', {
      id,
      album_uid: `a${id}`,
      album_title,
      created_by: 'u1',
      created_at: '2020-05-06 07:08:09',
      ...row,
    })
  await album(1, 'Summer', { parent_uid: 'a3', album_description: 'By the sea' })
  await album(2, 'Summer', { created_by: 'u2' })
  await album(3, 'Years', { created_by: '' })
  await album(4, 'Summer', { parent_uid: 'a3' })
  await album(5, 'July 2024', { album_type: 'month' })
  await album(6, 'All boats', { album_filter: 'label:boat' })
  await album(7, 'Deleted', { deleted_at: '2021-01-01 00:00:00' })
  await album(8, null, { parent_uid: 'a8' })
  const put = (photo: number, of: number, row: object = {}) =>
    theirs.put('photos_albums', {
      photo_uid: `p${photo}`,
      album_uid: `a${of}`,
      created_at: '2020-06-01 00:00:00Z',
      ...row,
    })
  await put(1, 1)
  await put(4, 1)
  await put(3, 1, { hidden: 1 })
  await put(2, 2)
  await put(2, 5)
  await put(99, 2)
}

const move = (...more: string[]) =>
  line.mantel(['move-in', 'photoprism', '--database', 'index.db', '--originals', 'originals', ...more])

async function documentOf(username: string) {
  const { out } = await line.mantel(['overlays', 'export', username])
  return documentSchema.parse(JSON.parse(out))
}

test('everything comes in, once: users, favourites, captions, tags, names, albums', async () => {
  const dry = await move('--dry-run', '--give-folder')
  expect([dry.code, dry.err]).toEqual([0, ''])
  expect(dry.out).toContain('Nothing was changed.')
  expect((await line.answerOf(['users', 'ls'])).accounts).toHaveLength(1)

  const done = await move('--give-folder')
  expect([done.code, done.err]).toEqual([0, ''])
  expect(done.out).toMatch(/^admin +admin, super admin +admin +admin +new account$/m)
  expect(done.out).toMatch(/^Zoë Müller +viewer +zoe-muller +viewer +new account$/m)
  expect(done.out).toMatch(/^carl +uploader +carl +guest +new account$/m)
  expect(done.out).toContain('Left behind: 1 marks as private, 1 as archived')
  expect(done.out).toContain('  without a file among the originals: 1\n')
  expect(done.out).toContain('    originals/../../etc/passwd\n')
  const { accounts } = await line.answerOf(['users', 'ls'])
  const found = accounts.map((one: Record<string, unknown>) => [
    one.username,
    one.role,
    one.superAdmin,
    one.mayLogIn,
  ])
  expect(found).toEqual([
    ['admin', 'admin', false, false],
    ['carl', 'guest', false, false],
    ['olga', 'admin', true, true],
    ['zoe-muller', 'viewer', false, false],
  ])
  expect(accounts[0]).toMatchObject({ name: 'Anna 👩‍🌾', email: 'anna@example.org' })

  const { photos, albums, albumPhotos } = await documentOf('admin')
  const entryOf = (name: string) => photos.find(({ fileName }) => fileName.normalize('NFC') === name)
  expect(entryOf('a.jpg')).toMatchObject({ favourite: true, caption: LONG.toWellFormed(), tags: [] })
  expect(entryOf('b.jpg')).toMatchObject({ favourite: false, caption: 'Typed' })
  expect(entryOf('b.jpg')?.tags.sort()).toEqual([['Boat'], ['Family'], ['sea'], ['🐚']])
  expect(entryOf('c.jpg')).toMatchObject({ caption: '', tags: [['People', 'Jane Dœ']] })
  expect(entryOf('d.jpg')).toMatchObject({ favourite: true })
  expect(entryOf('Caf\u00e9.jpg')).toMatchObject({ favourite: true })
  expect(entryOf('e.jpg')).toMatchObject({ favourite: true })
  expect(photos).toHaveLength(6)
  const years = albums.find(({ title }) => title === 'Years')
  expect(albums.map(({ title, parent, createdAt }) => [title, parent, createdAt])).toEqual([
    ['Years', null, Date.UTC(2020, 4, 6, 7, 8, 9)],
    ['-', null, Date.UTC(2020, 4, 6, 7, 8, 9)],
    ['Summer', years?.id, Date.UTC(2020, 4, 6, 7, 8, 9)],
    ['Summer', years?.id, Date.UTC(2020, 4, 6, 7, 8, 9)],
  ])
  const inside = albumPhotos.map(({ photo }) => photos.find(({ id }) => id === photo)?.fileName)
  expect(inside.sort()).toEqual(['a.jpg', 'd.jpg'])
  // a viewer has no albums: hers was told as left out
  expect((await documentOf('zoe-muller')).albums).toEqual([])
  expect(done.out).toMatch(/Brought to zoe-muller:\n.*\n.*\n +left out, .*: 1 albums/)

  const before = await documentOf('admin')
  const again = await line.answerOf([
    ...[
      'move-in',
      'photoprism',
      '--database',
      'index.db',
      '--originals',
      'originals',
      '--mode',
      'take-theirs',
    ],
  ])
  expect(again.users.map(({ kind }: { kind: string }) => kind)).toEqual(['existing', 'existing', 'existing'])
  expect(again.accounts[0]).toMatchObject({
    username: 'admin',
    changed: 0,
    albums: { new: 0, photosAdded: 0 },
  })
  expect({ ...(await documentOf('admin')), exportedAt: '' }).toEqual({ ...before, exportedAt: '' })
}, 120_000)

test('a name that is taken is nobody until somebody says so; one may be left out; others may get the favourites', async () => {
  await line.mantel(['users', 'add', 'admin', '--no-login', '--password-stdin', '--folder', originals], {
    input: 'a quiet mantelpiece',
  })
  const refused = await move()
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toContain('--user admin=admin')
  expect((await line.answerOf(['users', 'ls'])).accounts).toHaveLength(2)

  const names = ['--user', 'admin=admin', '--user', 'carl=', '--user', 'Zoë Müller=zoe', '--give-to', 'olga']
  const done = await move(...names)
  expect([done.code, done.err]).toEqual([0, ''])
  const { accounts } = await line.answerOf(['users', 'ls'])
  expect(accounts.map(({ username }: { username: string }) => username)).toEqual(['admin', 'olga', 'zoe'])
  const olga = await documentOf('olga')
  expect(olga.photos.filter(({ favourite }) => favourite)).toHaveLength(4)
  const admin = await documentOf('admin')
  expect(admin.photos.filter(({ favourite }) => favourite)).toEqual([])
  expect(admin.albums.map(({ title }) => title).sort()).toEqual(['-', 'Summer', 'Summer', 'Years'])

  expect((await move('--user', 'nobody=olga')).code).toBe(2)
  expect((await move('--user', 'carl=a b')).code).toBe(2)
}, 60_000)

test('a file that is no such database is told by what is missing', async () => {
  const refused = async (...say: string[]) => {
    const { code, out, err } = await move()
    expect([code, out]).toEqual([1, ''])
    for (const one of say) expect(err).toContain(one)
  }
  const change = async (sql: string) => {
    const database = await makePhotoPrism(join(line.root, 'index.db'))
    await database.exec(sql)
    await database.close()
  }
  await change('drop table markers')
  await refused('no table markers')
  await change('alter table files rename column file_hash to checksum')
  await refused('files', 'no column file_hash')
  await change('alter table photos drop column photo_description')
  await refused('neither photo_caption nor photo_description')
  // what calls itself a table runs nothing
  await change('drop table labels; create view labels as select 1 as id, 2 as label_name, null as deleted_at')
  await refused('no table labels')
  await change('select 1')
  await refused('none of its admins comes along')
  await writeFile(join(line.root, 'index.db-wal'), 'something')
  await refused('in use')
  await rename(join(line.root, 'index.db-wal'), join(line.root, 'away'))
  await writeFile(
    join(line.root, 'index.db'),
    'no database at all, though long enough to look like one'.repeat(50),
  )
  await refused('index.db')
  const { code, err } = await line.mantel([
    'move-in',
    'photoprism',
    '--database',
    'no.db',
    '--originals',
    'originals',
  ])
  expect([code, err]).toEqual([1, `mantel: ${join(line.root, 'no.db')} is not a file\n`])
  expect((await line.mantel(['move-in', 'photoprism', '--database', 'no.db'])).code).toBe(2)
}, 60_000)

test('newer releases call the description a caption', async () => {
  const newer = await makePhotoPrism(join(line.root, 'index.db'), 'caption')
  const row = { user_uid: 'u1', user_name: 'anna', user_role: 'admin', super_admin: 0 }
  await newer.put('auth_users', { id: 1, ...row })
  await newer.photo('a.jpg', join(originals, 'a.jpg'), { photo_caption: 'new', caption_src: 'manual' })
  await newer.close()
  expect((await move()).code).toBe(0)
  expect((await documentOf('anna')).photos.map(({ caption }) => caption)).toEqual(['new'])
}, 60_000)
