import { basename, relative, sep } from 'node:path'
import { eq, inArray, sql } from 'drizzle-orm'
import { listScope } from '../../access/filters.ts'
import type { AccountPrincipal } from '../../access/principal.ts'
import { partOf, photosIn, type Scope } from '../../access/scope.ts'
import type { FolderNode } from '../../contract/folders.ts'
import type { View } from '../../contract/photos.ts'
import type { Read } from '../../db/connect.ts'
import { areas, files, photos } from '../../db/schema.ts'
import { notFound } from '../../lib/refusal.ts'
import { isBelow, isWithin } from '../areas/paths.ts'
import { findDirectory } from './directories.ts'
import type { FolderTallies, Tally } from './folder-tallies.ts'

interface TreeNeeds {
  db: Read
  tallies: Pick<FolderTallies, 'of'>
}

interface Asked {
  /** null or left out: the outermost folders that the account has */
  parentId?: number | null | undefined
  view?: View | undefined
}

const COVERS = 4

/** Directories in a branch of the tree, by what they hold. */
interface Branch {
  /** its top */
  directory: Tally
  name: string
  /** the top and those below it that hold photos */
  held: Tally[]
}

/**
 * The folders directly inside one, or the outermost ones, as they are on disk, by name; without those that hold nothing the account's
 * timeline shows. Throws `Refusal`: `not_found` where the folder is out of reach, `forbidden` while folders are switched off, and for views
 * as `timelineScope` does.
 */
export async function readTree(
  { db, tallies }: TreeNeeds,
  by: AccountPrincipal,
  { parentId, view }: Asked,
): Promise<FolderNode[]> {
  const scope = await listScope(db, by, view, 'folder')
  const paths = await readPaths(db, scope)
  const branches =
    parentId === null || parentId === undefined
      ? await outermost({ db, tallies }, scope, paths)
      : await inside({ db, tallies }, scope, paths, parentId)
  const told = branches.filter(({ held }) => held.length > 0)
  const covers = await readCovers(db, scope, told)
  const offline = [...scope.areas].filter(([, reach]) => reach.offline !== null).map(([id]) => paths.get(id))
  return told
    .map(({ directory, name, held }, index) => ({
      id: directory.id,
      name,
      count: directory.count,
      deepCount: held.reduce((sum, { count }) => sum + count, 0),
      covers: covers[index] ?? [],
      hasChildren: held.some(({ id }) => id !== directory.id),
      status: isAway(directory.path, offline) ? ('offline' as const) : ('online' as const),
    }))
    .sort((a, b) => byName.compare(a.name, b.name))
}

const byName = new Intl.Collator('en', { numeric: true })

const isAway = (path: string, offline: (string | undefined)[]) =>
  offline.some((area) => area !== undefined && isWithin(path, area))

/** The paths of the scope's areas by their ids. */
async function readPaths(db: Read, scope: Scope): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: areas.id, path: areas.path })
    .from(areas)
    .where(inArray(areas.id, [...scope.areas.keys()]))
  return new Map(rows.map(({ id, path }) => [id, path]))
}

/** The areas that lie in no other one of the scope. */
async function outermost(
  { tallies }: TreeNeeds,
  scope: Scope,
  paths: Map<number, string>,
): Promise<Branch[]> {
  const every = [...paths.values()]
  const roots = every.filter((path) => !every.some((other) => isBelow(path, other)))
  const found = await tallies.of(scope)
  return roots.flatMap((root) => {
    const within = found.filter(({ path }) => isWithin(path, root))
    const top = within.find(({ path }) => path === root)
    const name = basename(root) || root
    return top ? [branchOf(top, name, within)] : branchesBelow(root, within, `${name}${sep}`)
  })
}

async function inside(
  { db, tallies }: TreeNeeds,
  scope: Scope,
  paths: Map<number, string>,
  parentId: number,
): Promise<Branch[]> {
  const parent = await findDirectory(db, scope, parentId)
  if (!parent) throw notFound()
  // its own area, and those that begin below it
  const part = partOf(scope, (id) => id === parent.areaId || isBelow(paths.get(id) ?? '', parent.path))
  const found = await tallies.of(part)
  return branchesBelow(
    parent.path,
    found.filter(({ path }) => isBelow(path, parent.path)),
  )
}

const branchOf = (directory: Tally, name: string, within: readonly Tally[]): Branch => ({
  directory,
  name,
  held: within.filter(({ count }) => count > 0),
})

/**
 * The directories below a path by their uppermost ones. These are the ones directly inside it, but for a while after a folder was found:
 * a directory that holds no photos itself is known when its scan has ended, until then those below it stand for it.
 */
function branchesBelow(top: string, below: readonly Tally[], prefix = ''): Branch[] {
  const known = new Map(below.map((tally) => [tally.path, tally]))
  const branches = Map.groupBy(below, ({ path }) => uppermost(known, top, path))
  return [...branches].flatMap(([path, within]) => {
    const directory = known.get(path)
    return directory ? [branchOf(directory, prefix + relative(top, path), within)] : []
  })
}

/** The first known directory on the way from `top` down to `path`, which is known itself. */
function uppermost(known: ReadonlyMap<string, unknown>, top: string, path: string): string {
  const start = top.endsWith(sep) ? top.length : top.length + 1
  for (let end = path.indexOf(sep, start); end > 0; end = path.indexOf(sep, end + 1))
    if (known.has(path.slice(0, end))) return path.slice(0, end)
  return path
}

type Cover = FolderNode['covers'][number]

/** Some of each branch's newest photos: each of another directory where there are so many, so that they differ. */
async function readCovers(db: Read, scope: Scope, branches: readonly Branch[]): Promise<Cover[][]> {
  const chosen = await Promise.all(
    branches.map(({ held }) => {
      const newest = held
        .toSorted((a, b) => ((a.newestAt ?? '') < (b.newestAt ?? '') ? 1 : -1))
        .slice(0, COVERS)
      return newest.length < COVERS
        ? newestIn(db, scope, newest)
        : newest.flatMap(({ newestId }) => newestId ?? [])
    }),
  )
  const ids = chosen.flat()
  const { id, version } = photos
  const rows = await db.all<Cover>(sql`
    select ${id} as id, ${version} as version, hex(${photos.thumbhash}) as thumbhash
    from json_each(${JSON.stringify(ids)}) as chosen cross join ${photos} on ${id} = chosen.value
    where ${photosIn(scope)}`)
  const found = new Map(rows.map((row) => [row.id, { ...row, thumbhash: row.thumbhash || null }]))
  return chosen.map((some) => some.flatMap((one) => found.get(one) ?? []))
}

async function newestIn(db: Read, scope: Scope, within: readonly Tally[]): Promise<number[]> {
  const directoryIds = within.map(({ id }) => id)
  const rows = await db.all<{ id: number }>(sql`
    select ${photos.id} as id from ${files} cross join ${photos} on ${photos.id} = ${files.photoId}
    where ${inArray(files.directoryId, directoryIds)} and ${eq(files.part, 'primary')} and ${photosIn(scope)}
    order by ${photos.takenAt} desc, ${photos.id} desc limit ${COVERS}`)
  return rows.map(({ id }) => id)
}
