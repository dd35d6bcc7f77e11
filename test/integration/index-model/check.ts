import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { areas, directories, files, photos } from '../../../electron/db/schema.ts'
import type { JobInfo } from '../../../electron/domain/jobs/jobs.ts'
import { type AreaAfter, type AreaBefore, afterScan, areaOf, isInOneOf, plain, stateOf } from './model.ts'
import { identityOf, type Leaf, type Tree } from './tree.ts'
import type { Person, World } from './world.ts'

/** A file as the index has it. */
export type Row = Awaited<ReturnType<typeof readIndex>>[number]

export async function readIndex(world: World) {
  const rows = await world.db.read
    .select({ file: files, photo: photos, directory: directories })
    .from(files)
    .innerJoin(photos, eq(photos.id, files.photoId))
    .innerJoin(directories, eq(directories.id, files.directoryId))
  return rows.map((row) => ({ ...row, path: join(row.directory.path, row.file.name) }))
}

const readAreas = async (world: World) =>
  new Map((await world.db.read.select().from(areas)).map((area) => [area.path, area]))

/** Areas that somebody has, or that lie in one that somebody has, or in a root of the household. */
export function areasInUse(world: World): string[] {
  const given = [...world.registered, ...world.people.flatMap(({ grants }) => grants.map(({ path }) => path))]
  return [...world.areas].filter((area) => isInOneOf(given, area))
}

/** The areas in use as they stand, for the model to say what a scan makes of them. */
export async function before(world: World): Promise<AreaBefore[]> {
  const rows = await readIndex(world)
  const known = await readAreas(world)
  return areasInUse(world).map((path) => {
    const area = known.get(path)
    if (!area) throw new Error(`${plain(path)} is no area`)
    const there = identityOf(path)
    const isSame = there && String(there.dev) === area.device && String(there.ino) === area.inode
    const own = rows.filter(({ file }) => file.areaId === area.id && file.presence === 'present')
    return {
      path,
      root: there === null ? 'gone' : isSame ? 'same' : 'another',
      known: new Map(own.map((row) => [row.path, row.file])),
      accepted: area.acceptedVanished ?? 0,
    }
  })
}

/** The index against the model, after scans at rest; answers what differs. */
export async function compare(world: World, was: AreaBefore[], tree: Tree): Promise<string[]> {
  const rows = await readIndex(world)
  const known = await readAreas(world)
  const wrong = rows.flatMap((row) => faultsOf(row, known, world.areas))
  for (const area of was) {
    const id = known.get(area.path)?.id
    const present = rows.filter(({ file }) => file.areaId === id && file.presence === 'present')
    const expected = afterScan(area, tree, world.areas)
    const where = (text: string) => `area ${plain(area.path)}: ${text}`
    wrong.push(...differences(present, expected, world).map(where))
    const { status, statusReason } = known.get(area.path) ?? {}
    if (statusReason !== expected.reason || status !== (expected.reason ? 'offline' : 'online'))
      wrong.push(where(`is ${status} (${statusReason}), should be ${expected.reason ?? 'online'}`))
  }
  return wrong
}

/** What is wrong with a row by itself: everything about a file belongs to the area of its directory. */
function faultsOf(
  { file, photo, directory, path }: Row,
  known: Awaited<ReturnType<typeof readAreas>>,
  all: ReadonlySet<string>,
): string[] {
  const told: string[] = []
  const area = known.get(areaOf(all, join(directory.path, 'any')) ?? '')?.id
  for (const [what, id] of Object.entries({
    file: file.areaId,
    photo: photo.areaId,
    directory: directory.areaId,
  }))
    if (id !== area) told.push(`${plain(path)}: its ${what} is in area ${id} instead of ${area}`)
  if ((file.presence === 'missing') !== (photo.missingAt !== null))
    told.push(`${plain(path)}: file ${file.presence}, photo missing since ${photo.missingAt}`)
  return told
}

function differences(present: Row[], { present: expected, onDisk }: AreaAfter, world: World): string[] {
  const told: string[] = []
  const byPath = new Map(present.map((row) => [row.path, row]))
  for (const path of expected) if (!byPath.has(path)) told.push(`${plain(path)} is not in the index`)
  for (const [path, row] of byPath) {
    const leaf = onDisk.get(path)
    if (!expected.has(path)) told.push(`${plain(path)} should not be in the index`)
    else if (leaf) told.push(...factsWrong(row, leaf, world).map((text) => `${plain(path)} ${text}`))
  }
  return told
}

function factsWrong({ file, photo, path }: Row, leaf: Leaf, { contents }: World): string[] {
  const told: string[] = []
  if (file.sizeBytes !== leaf.sizeBytes) told.push(`has ${file.sizeBytes} bytes instead of ${leaf.sizeBytes}`)
  if (file.mtimeMs !== leaf.mtimeMs) told.push(`is of ${file.mtimeMs} instead of ${leaf.mtimeMs}`)
  // of files this small the quick hash is of all bytes
  if (file.quickHash !== leaf.hash) told.push(`has the quick hash of another content, ${file.quickHash}`)
  const state = stateOf(path, contents.sortOf(leaf.hash))
  if (photo.state !== state) told.push(`is ${photo.state} (${photo.stateReason}) instead of ${state}`)
  if (state === 'ready' && file.contentHash !== leaf.hash) told.push(`shows the content ${file.contentHash}`)
  return told
}

/** What each account sees when all is at rest: exactly the files of its folders, counted right, and nothing else by any id. */
export async function compareViews(world: World): Promise<string[]> {
  const rows = (await readIndex(world)).filter(({ file }) => file.presence === 'present')
  const told = await Promise.all(world.people.map((person) => viewFaults(world, person, rows)))
  return told.flat()
}

async function viewFaults(world: World, person: Person, rows: Row[]): Promise<string[]> {
  const told: string[] = []
  const { household } = world
  const caller = await world.callerFor(person)
  const seen = new Set<number>()
  for (const { month, count } of (await household.get(caller, 'timeline.months', {})).months) {
    const { ids } = await household.get(caller, 'timeline.month', { month })
    if (ids.length !== count) told.push(`${month} counts ${count} photos and holds ${ids.length}`)
    for (const id of ids) seen.add(id)
  }
  const folders = person.grants.map(({ path }) => path)
  for (const { path, photo } of rows) {
    const isOwn = isInOneOf(folders, path)
    if (isOwn !== seen.has(photo.id)) told.push(`${isOwn ? 'does not see' : 'sees'} ${plain(path)}`)
    const answer = await household.call(caller, 'photos.get', { id: photo.id })
    if (person.role !== 'admin' && answer.ok !== isOwn)
      told.push(`${answer.ok ? 'may open' : 'may not open'} ${plain(path)} by its id`)
    if (!answer.ok || person.role !== 'user') continue
    const { access } = person.grants.filter((grant) => isInOneOf([grant.path], path)).sort(byDepth)[0] ?? {}
    const { may } = answer.value as { may: { edit: boolean } } // dispatch has parsed it by this procedure's schema
    if (may.edit !== (access === 'read-write')) told.push(`may edit ${plain(path)}: ${may.edit}`)
  }
  const present = new Set(rows.map(({ photo }) => photo.id))
  for (const id of seen) if (!present.has(id)) told.push(`sees photo ${id}, whose file is gone`)
  return told.map((text) => `${person.username} ${text}`)
}

const byDepth = (one: { path: string }, other: { path: string }) => other.path.length - one.path.length

/** Jobs that crashed, or found something to do where nothing had changed. */
export function jobFaults(jobs: JobInfo[], { shouldRest }: { shouldRest: boolean }): string[] {
  return jobs.flatMap(({ kind, folder, state, error, result }) => {
    if (error === 'job_crashed') return [`a job (${kind}) on ${plain(folder ?? '')} crashed`]
    if (kind !== 'scan' || !shouldRest || state !== 'done') return []
    const { added, edited, moved, returned, missing } = result ?? {}
    const counts = { added, edited, moved, returned, missing }
    return Object.values(counts).some((count) => count !== 0)
      ? [`the scan of ${plain(folder ?? '')} at rest came to ${JSON.stringify(counts)}`]
      : []
  })
}
