import type { Caller } from '../../electron/api/caller.ts'
import type { PhotoMay } from '../../electron/contract/photos.ts'
import type { Capability, Right } from '../../electron/contract/roles.ts'
import type { PhotoName, World } from '../access-matrix/world.ts'

/** Whether the account behind a caller is answered at all, and what `session.me` says it may. */
async function mayOf(world: World, caller: Caller): Promise<Partial<Record<Capability, boolean>>> {
  const me = await world.call(caller, 'session.me')
  return me.ok ? (me.value as { may: Record<Capability, boolean> }).may : {} // as the contract says
}

const worksFor = (world: World, caller: Caller) => async (procedure: string, input: object) =>
  (await world.call(caller, procedure, input)).ok

/** The first of these words whose condition holds, else `no`. */
const firstTrue = (...words: [boolean | undefined, string][]) => words.find(([holds]) => holds)?.[1] ?? 'no'

/** How the account is seen with its own switch on and off: a function that switches it and answers a fresh caller. */
type Switched = (change: { mayShare?: boolean; webdav?: boolean }) => Promise<Caller>

/**
 * How far each right reaches, found out by trying: by real calls where a procedure exists, else by what `session.me` and a photo's `may`
 * say. The words are those of the rights table; `may` where only that can be told yet.
 */
export async function observe(
  world: World,
  caller: Caller,
  switched: Switched,
): Promise<Partial<Record<Right, string>>> {
  const may = await mayOf(world, caller)
  const works = worksFor(world, caller)
  const sees = (name: PhotoName) => works('photos.get', { id: world.photo[name] })
  const everyone = { view: 'everyone', month: await monthOf(world) }
  const household = await holds(world, caller, everyone, 'foreign')
  const marks = (name: PhotoName) => works('photos.update', { ids: [world.photo[name]], archived: false })
  const scans = (area: 'own' | 'foreign') => works('jobs.scan', { folderIds: [world.areas[area]] })
  return {
    viewLibrary: firstTrue(
      [(await sees('foreign')) && household && may.viewHousehold, 'household'],
      [(await sees('private')) && may.viewHidden, 'own'],
      [(await sees('own')) && may.viewLibrary, 'own-shown'],
    ),
    viewShared: firstTrue([may.viewShared, 'yes']),
    download: firstTrue([
      await works('media.open', { id: world.photo.own, kind: 'original', version: '1' }),
      'yes',
    ]),
    upload: firstTrue([may.upload && may.import, 'may']),
    changePhotos: firstTrue(
      [(await marks('foreign')) && (await marks('shared')), 'yes'],
      [await marks('own'), 'own-read-write'],
    ),
    overlay: firstTrue(
      [may.favourite && may.rate && may.caption && may.tag && may.album && may.people, 'yes'],
      [may.favourite && may.rate, 'some'],
    ),
    share: await shareOf(world, switched),
    webdav: firstTrue([
      (await mayOf(world, await switched({ webdav: true }))).webdav &&
        !(await mayOf(world, await switched({ webdav: false }))).webdav,
      'if-on',
    ]),
    jobs: firstTrue([await scans('foreign'), 'yes'], [await scans('own'), 'own']),
    administer: firstTrue([
      (await works('accounts.list', {})) &&
        (await works('settings.library', {})) &&
        (await works('folders.list', {})),
      'yes',
    ]),
    superAdminister: firstTrue([await works('flags.set', { flags: {} }), 'yes']),
    preferences: firstTrue([await works('settings.set', { theme: 'dark' }), 'yes']),
  }
}

/** With the switch on everywhere or only where the grant allows it, and what is left with it off. */
async function shareOf(world: World, switched: Switched): Promise<string> {
  const on = await switched({ mayShare: true })
  const [own, shared] = [await mayWith(world, on, 'own'), await mayWith(world, on, 'shared')]
  const off = await mayWith(world, await switched({ mayShare: false }), 'own')
  await switched({ mayShare: true })
  return firstTrue(
    [own?.share && shared?.share && off?.share, 'yes'],
    [own?.share && !shared?.share && !off?.share, 'if-on'],
  )
}

/** What a photo says may be done with it; undefined where it is not shown. */
export async function mayWith(world: World, caller: Caller, name: PhotoName): Promise<PhotoMay | undefined> {
  const found = await world.call(caller, 'photos.get', { id: world.photo[name] })
  return found.ok ? (found.value as { may: PhotoMay }).may : undefined // as the contract says
}

async function monthOf(world: World): Promise<string> {
  const { takenAt } = await world.get(world.callers.super, 'photos.get', { id: world.photo.foreign })
  return takenAt.slice(0, 7)
}

async function holds(world: World, caller: Caller, input: object, name: PhotoName): Promise<boolean> {
  const page = await world.call(caller, 'timeline.month', input)
  return page.ok && (page.value as { ids: number[] }).ids.includes(world.photo[name]) // as the contract says
}

/** The names of what `session.me` says the account may, sorted. */
export async function heldBy(world: World, caller: Caller): Promise<string[]> {
  const may = await mayOf(world, caller)
  return Object.entries(may)
    .flatMap(([name, held]) => (held ? [name] : []))
    .sort()
}
