import { chmod, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, expect, test } from 'vitest'
import { canHang, type Mount, mountSilence } from '../../../test/support/mounts.ts'
import { asNobody, canBeNobody } from '../../../test/support/nobody.ts'
import { makePicture } from '../../../test/support/pictures.ts'
import { failureOf, makeScanned, shown, statusOf } from '../../../test/support/scanning.ts'
import { files, photos } from '../../db/schema.ts'
import { createMediaClient, type MediaClient } from '../../workers/media-client.ts'
import { forkSpawner, type Spawner, type WorkerProcess } from '../../workers/spawn.ts'
import { createWalkClient } from '../../workers/walk-client.ts'
import { createRendering } from './rendering.ts'
import type { ScanNeeds } from './scan-area.ts'
import { createSurroundings } from './surroundings.ts'

const started: WorkerProcess[] = []
const watched: Spawner = (worker) => {
  const process = forkSpawner(worker)
  if (worker === 'media') started.push(process)
  return process
}

/** Workers of little patience, and of the rights of whoever starts them. */
function makeWorkers(spawner: Spawner) {
  return {
    walk: createWalkClient({ spawner, directoryMs: 1000, lookMs: 1000, readMs: 1000 }),
    media: createMediaClient({ spawner, processes: 2, inspectMs: 1500, readMs: 1500, renderMs: 2500 }),
  }
}

const impatient = makeWorkers(watched)
const nobodys = canBeNobody ? makeWorkers(asNobody) : impatient
const mounts: Mount[] = []

afterEach(() => {
  for (const mount of mounts.splice(0)) mount.end()
})
afterAll(() => {
  for (const { walk, media } of [impatient, nobodys]) {
    walk.close()
    media.close()
  }
})

/** A library that is worked on by these workers, with something to happen before a file is read or decoded. */
function makeLibrary(workers: typeof impatient) {
  const before: Record<'inspect' | 'render', (path: string) => void | Promise<void>> = {
    inspect: () => undefined,
    render: () => undefined,
  }
  const media: MediaClient = {
    ...workers.media,
    inspect: async (file, ...rest) => {
      await before.inspect(file.path)
      return workers.media.inspect(file, ...rest)
    },
    render: async (file, ...rest) => {
      await before.render(file.path)
      return workers.media.render(file, ...rest)
    },
  }
  const wrap = (needs: ScanNeeds): ScanNeeds => {
    const { walk } = workers
    const { db, dataDir, changed, statusChanged } = needs
    const surroundings = createSurroundings({ db, walk, statusChanged })
    const cacheDirectory = join(dataDir, 'cache')
    const rendering = createRendering({ db, media, surroundings, cacheDirectory, changed })
    return { ...needs, walk, media, surroundings, rendering }
  }
  return makeScanned(wrap).then((household) => ({ ...household, before }))
}

const makeNew = (root: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      makePicture(join(root, 'new', `${index}.jpg`), { width: 60 + index }),
    ),
  )

const noHang = canHang ? '' : ' (skipped: no mounts here)'

for (const stage of ['inspect', 'render'] as const)
  test.skipIf(!canHang)(
    `a disk that falls silent while a scan is at ${stage}${noHang}`,
    async () => {
      const { root, db, areaId, areaOf, home, scan, before } = await makeLibrary(impatient)
      await makePicture(join(root, 'a.jpg'))
      await scan(areaId)
      const known = (await shown(db, root)).get('a.jpg')
      await makeNew(root, 12)
      before[stage] = () => {
        if (mounts.length === 0) mounts.push(mountSilence(root))
      }
      expect(await failureOf(scan(areaId))).toBe('folder_timeout')
      expect(await statusOf(db, areaId)).toEqual(['offline', 'folder_timeout'])
      expect(await db.read.$count(photos, eq(photos.state, 'broken'))).toBe(0)
      expect(await db.read.$count(files, eq(files.presence, 'missing'))).toBe(0)
      // once more while it is silent: no file is waited for
      expect(await failureOf(scan(areaId))).toBe('folder_timeout')
      // other folders go on
      await makePicture(join(home, 'other', 'b.jpg'))
      const other = await areaOf(join(home, 'other'))
      expect((await scan(other)).result).toMatchObject({ added: 1, ready: 1 })

      before[stage] = () => undefined
      mounts.pop()?.end()
      expect((await scan(areaId)).failures).toEqual([])
      expect(await statusOf(db, areaId)).toEqual(['online', null])
      const after = await shown(db, root)
      expect([...after.values()].every(({ photo }) => photo.state === 'ready')).toBe(true)
      expect(after.size).toBe(14)
      expect(after.get('a.jpg')).toEqual(known)
    },
    60_000,
  )

test.skipIf(!canHang)(
  `a silent disk that holds a copy does not keep a move elsewhere from being seen${noHang}`,
  async () => {
    const { root, db, areaId, areaOf, home, scan } = await makeLibrary(impatient)
    await makePicture(join(root, 'a.jpg'))
    await makePicture(join(home, 'other', 'copy.jpg'))
    const other = await areaOf(join(home, 'other'))
    await scan(areaId)
    await scan(other)
    const before = (await shown(db, root)).get('a.jpg')
    mounts.push(mountSilence(join(home, 'other')))
    await rename(join(root, 'a.jpg'), join(root, 'b.jpg'))
    expect((await scan(areaId)).result).toMatchObject({ moved: 1, added: 0, missing: 0 })
    expect((await shown(db, root)).get('b.jpg')?.photo).toEqual(before?.photo)
  },
  60_000,
)

test.skipIf(process.platform === 'win32')(
  'a decoder that hangs although the disk answers costs its file alone',
  async () => {
    const { root, db, areaId, scan, before } = await makeLibrary(impatient)
    // There already, so that the decoders run and nothing else is in work when they are stopped.
    await makePicture(join(root, 'a.jpg'))
    await scan(areaId)
    await makePicture(join(root, 'evil.png'), { format: 'png', width: 9000, height: 6000 })
    before.render = (path) => {
      if (path.endsWith('evil.png')) setTimeout(stop, 400)
    }
    function stop() {
      // as a process in an endless loop: it says nothing more
      for (const { pid } of started) if (pid !== undefined) signalTo(pid, 'SIGSTOP')
    }
    const { failures } = await scan(areaId)
    expect(failures).toEqual([{ path: join(root, 'evil.png'), reason: 'worker_timeout' }])
    expect((await shown(db, root)).get('evil.png')?.photo).toMatchObject({
      state: 'broken',
      stateReason: 'worker_timeout',
    })
    expect(await statusOf(db, areaId)).toEqual(['online', null])
  },
  60_000,
)

function signalTo(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // it has ended by itself
  }
}

const noNobody = canBeNobody ? '' : ' (skipped: only root can be somebody else)'

async function makeNobodys() {
  const library = await makeLibrary(nobodys)
  const { root, home, dataDir } = library
  await chmod(home, 0o755)
  await mkdir(join(dataDir, 'cache'), { recursive: true })
  await chmod(join(dataDir, 'cache'), 0o777)
  for (const name of ['a.jpg', 'closed/b.jpg', 'closed/below/c.jpg', 'open/d.jpg'])
    await makePicture(join(root, name), { width: 50 + name.length })
  await library.scan(library.areaId)
  return library
}

test.skipIf(!canBeNobody)(
  `a sub-folder that may not be read any more is listed, and has lost nothing${noNobody}`,
  async () => {
    const { root, db, areaId, scan } = await makeNobodys()
    const before = await shown(db, root)
    expect(before.size).toBe(4)
    await chmod(join(root, 'closed'), 0)
    await makePicture(join(root, 'open', 'new.jpg'), { width: 90 })
    const { result, failures } = await scan(areaId)
    expect(result).toMatchObject({ added: 1, missing: 0, ready: 1 })
    expect(failures).toEqual([{ path: join(root, 'closed'), reason: 'folder_unreadable' }])
    expect(await statusOf(db, areaId)).toEqual(['online', null])
    await chmod(join(root, 'closed'), 0o755)
    expect((await scan(areaId)).failures).toEqual([])
    const after = await shown(db, root)
    for (const [path, row] of before) expect(after.get(path)).toEqual(row)
  },
)

test.skipIf(!canBeNobody)(
  `a file that may not be read is listed, the rest goes on, and it comes with its rights${noNobody}`,
  async () => {
    const { root, db, areaId, scan } = await makeNobodys()
    await makeNew(root, 3)
    await chmod(join(root, 'new', '1.jpg'), 0)
    const { result, failures } = await scan(areaId)
    expect(result).toMatchObject({ added: 2, ready: 2 })
    expect(failures).toEqual([{ path: join(root, 'new', '1.jpg'), reason: 'file_unreadable' }])
    await chmod(join(root, 'new', '1.jpg'), 0o644)
    expect((await scan(areaId)).result).toMatchObject({ added: 1, ready: 1 })
    expect((await shown(db, root)).size).toBe(7)
  },
)

for (const stage of ['inspect', 'render'] as const)
  test.skipIf(!canBeNobody)(
    `a folder that loses its rights while a scan is at ${stage}${noNobody}`,
    async () => {
      const { root, db, areaId, scan, before } = await makeNobodys()
      const known = await shown(db, root)
      await makeNew(root, 9)
      before[stage] = () => chmod(root, 0)
      expect(await failureOf(scan(areaId))).toBe('folder_unreadable')
      expect(await statusOf(db, areaId)).toEqual(['offline', 'folder_unreadable'])
      expect(await db.read.$count(photos, eq(photos.state, 'broken'))).toBe(0)
      expect(await db.read.$count(files, eq(files.presence, 'missing'))).toBe(0)
      before[stage] = () => undefined
      await chmod(root, 0o755)
      await scan(areaId)
      expect(await statusOf(db, areaId)).toEqual(['online', null])
      const after = await shown(db, root)
      expect([...after.values()].every(({ photo }) => photo.state === 'ready')).toBe(true)
      expect(after.size).toBe(13)
      for (const [path, row] of known) expect(after.get(path)).toEqual(row)
    },
  )
