import { basename, resolve } from 'node:path'
import { type ImportTally, importAll } from '../../contract/import-tally.ts'
import type { ImportMode } from '../../contract/overlay-document.ts'
import { newToken } from '../../lib/token.ts'
import { CommandFailure } from '../failure.ts'
import { type Context, table } from '../output.ts'
import { reportOf } from '../overlays.ts'
import { whereTyped } from '../paths.ts'
import { findAccount } from '../users.ts'
import { type ForeignDatabase, openForeign } from './database.ts'
import { readAlbums, readPhotos, type TheirAlbum } from './library.ts'
import { type Originals, openOriginals } from './originals.ts'
import { albumParts, headerFor, photoParts, withHashes } from './parts.ts'
import { type Columns, readColumns } from './schema.ts'
import { countMarks, noteOf, type Plan, planUsers, readUsers } from './users.ts'

interface Options {
  database: string
  originals: string
  dryRun?: boolean
  user?: string[]
  giveTo?: string[]
  giveFolder?: boolean
  mode: ImportMode
}

/** What a move works with. */
interface Move {
  context: Context
  options: Options
  database: ForeignDatabase
  columns: Columns
  originals: Originals
  plans: Plan[]
}

/**
 * `mantel move-in photoprism`: a dry run over everything first; then, unless that was asked for, accounts are made and what PhotoPrism's users
 * added comes in. Neither its database nor a picture is changed. Broken off, it is repeated.
 */
export async function moveInFromPhotoPrism(context: Context, options: Options): Promise<void> {
  const originals = await openOriginals(resolve(whereTyped(), options.originals))
  const database = await openForeign(resolve(whereTyped(), options.database))
  try {
    const columns = await readColumns(database)
    const { accounts } = await context.operator.call('accounts.list', {})
    const plans = planUsers(await readUsers(database), accounts, options.user ?? [])
    await run({ context, options, database, columns, originals, plans })
  } finally {
    await database.close()
  }
}

async function run(move: Move): Promise<void> {
  const { context, options, database, plans } = move
  const { dryRun = false } = options
  refuseClashes(plans)
  const receivers = await receiversOf(move)
  const dry = await bringIn(move, receivers, true)
  if (!dryRun) await makeAccounts(move, receivers)
  const results = dryRun ? dry : await bringIn(move, receivers, false)
  const marks = await countMarks(database)
  const users = plans.map(({ user, ...plan }) => ({ theirs: user.username, role: user.role, ...plan }))
  const lines = [
    usersTable(plans),
    ...results.flatMap(({ username, lost, ...tally }) => [
      '',
      `${dryRun ? 'Would bring' : 'Brought'} to ${username}:`,
      ...reportOf(tally),
      ...(lost > 0 ? [`  without a file among the originals: ${lost}`] : []),
    ]),
    '',
    `Left behind: ${marks.private} marks as private, ${marks.archived} as archived; passwords; what PhotoPrism made by itself.`,
    ...(dryRun ? ['Nothing was changed.'] : plans.some(({ kind }) => kind === 'new') ? [NEXT] : []),
  ]
  context.tell({ dryRun, users, accounts: results, leftBehind: marks }, lines.join('\n'))
}

const NEXT =
  'New accounts cannot log in yet: set a password with "mantel passwd", then allow it with "mantel users mod NAME --login".'

/** An account of this household that something comes in for; without an id it is still to be made. */
interface Receiver {
  username: string
  accountId: number | undefined
  /** gets what PhotoPrism keeps once for everybody: favourites, captions, tags */
  isGivenPhotos: boolean
  /** their user, whose albums it gets */
  uids: string[]
}

/**
 * Who gets what. PhotoPrism knows one favourite, caption and keyword for all its users: they go to the accounts of `--give-to`, else to its
 * first admin's. An album goes to whoever made it, else to the first of those.
 */
async function receiversOf({ context, options, plans }: Move): Promise<Receiver[]> {
  const receivers = new Map<string, Receiver>()
  const add = (username: string, accountId: number | undefined, uid?: string) => {
    const known = receivers.get(username) ?? { username, accountId, isGivenPhotos: false, uids: [] }
    if (uid !== undefined) known.uids.push(uid)
    receivers.set(username, known)
    return known
  }
  for (const plan of plans)
    if (plan.kind === 'new') add(plan.username, undefined, plan.user.uid)
    else if (plan.kind === 'existing') add(plan.username, plan.accountId, plan.user.uid)
  for (const name of options.giveTo ?? []) {
    const username = name.toLowerCase()
    const known = receivers.get(username) ?? add(username, (await findAccount(context, username)).id)
    known.isGivenPhotos = true
  }
  const first = plans.find(
    ({ user, kind }) => user.role === 'admin' && (kind === 'new' || kind === 'existing'),
  )
  if (!options.giveTo && first && 'username' in first) add(first.username, undefined).isGivenPhotos = true
  if (![...receivers.values()].some(({ isGivenPhotos }) => isGivenPhotos))
    throw new CommandFailure(
      'PhotoPrism keeps one favourite and caption for everybody, and none of its admins comes along: name who gets them with --give-to NAME',
    )
  // first of all whoever also gets the albums of nobody
  return [...receivers.values()].sort((a, b) => Number(b.isGivenPhotos) - Number(a.isGivenPhotos))
}

function refuseClashes(plans: readonly Plan[]): void {
  const open = plans.filter(({ kind }) => kind === 'clash' || kind === 'unfit')
  if (open.length === 0) return
  const say = open.map((plan) =>
    plan.kind === 'clash'
      ? `${plan.user.username} would be ${plan.username}, which is taken: --user ${plan.user.username}=${plan.username} if that is the same person, =ANOTHER for a new account, = to leave them out`
      : `${plan.user.username} cannot be a username here: --user ${plan.user.username}=NAME`,
  )
  throw new CommandFailure(['Nothing was changed:', ...say].join('\n  '))
}

function usersTable(plans: readonly Plan[]): string {
  const rows = plans.map((plan) => [
    plan.user.username,
    plan.user.theirRole,
    'username' in plan ? plan.username : '–',
    plan.kind === 'new' ? plan.user.role : plan.kind === 'existing' ? 'as it is' : '–',
    plan.kind === 'new' ? 'new account' : plan.kind === 'existing' ? 'already here' : 'left out',
  ])
  return table(['THEIRS', 'THEIR ROLE', 'HERE', 'ROLE HERE', ''], rows)
}

/** Makes the accounts that are missing, without a password anybody knows and not to be logged in to, and notes their ids. */
async function makeAccounts(
  { context, options, originals, plans }: Move,
  receivers: Receiver[],
): Promise<void> {
  for (const plan of plans) {
    if (plan.kind !== 'new') continue
    const { user, username } = plan
    const { id } = await context.operator.call('accounts.create', {
      username,
      role: user.role,
      name: user.name,
      email: user.email,
      mayLogIn: false,
      password: newToken(),
      note: noteOf(user),
      ...(options.giveFolder && { folders: [{ path: originals.path, access: 'read-only' }] }),
    })
    for (const receiver of receivers) if (receiver.username === username) receiver.accountId = id
  }
}

type Result = ImportTally & { username: string; lost: number }

async function bringIn(move: Move, receivers: readonly Receiver[], dryRun: boolean): Promise<Result[]> {
  const { database, originals } = move
  const albums = await readAlbums(database, basename(originals.path))
  const owned = new Set(receivers.flatMap(({ uids }) => uids))
  const results: Result[] = []
  for (const [index, receiver] of receivers.entries()) {
    const mine = albums.filter(({ createdBy }) =>
      owned.has(createdBy) ? receiver.uids.includes(createdBy) : index === 0,
    )
    results.push(await bringTo(move, receiver, mine, dryRun))
  }
  return results
}

async function bringTo(
  { context: { operator }, options, database, columns, originals }: Move,
  { username, accountId, isGivenPhotos }: Receiver,
  albums: readonly TheirAlbum[],
  dryRun: boolean,
): Promise<Result> {
  const lost = { count: 0 }
  const header = headerFor(new Date())
  const { mode } = options
  const send = (input: Omit<Parameters<typeof operator.call<'overlays.import'>>[1], 'mode' | 'accountId'>) =>
    operator.call('overlays.import', { ...input, mode, ...(accountId !== undefined && { accountId }) })
  async function* parts() {
    const photos = readPhotos(database, columns, basename(originals.path), lost)
    if (isGivenPhotos)
      for await (const part of photoParts(photos, header)) yield withHashes(part, originals, send)
    for (const part of albumParts(albums, header)) yield withHashes(part, originals, send)
  }
  const tally = await importAll(parts(), (input) => send({ ...input, dryRun }))
  return { username, ...tally, lost: lost.count }
}
