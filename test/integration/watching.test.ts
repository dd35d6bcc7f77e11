import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import { createCore, operatorCaller } from '../../electron/core.ts'
import { createLog } from '../../electron/lib/log.ts'
import { forkSpawner, type WorkerProcess } from '../../electron/workers/spawn.ts'
import { makePicture } from '../support/pictures.ts'

/** A household at work, as `mantel serve` runs it, with one folder that is scanned and watched. */
async function open() {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'mantel-watching-')))
  const folder = join(home, 'pictures')
  await makePicture(join(folder, 'first.jpg'))
  const watchers: WorkerProcess[] = []
  const lines: string[] = []
  const core = await createCore({
    // inside the folder: what is written there must not count as a change
    dataDir: join(folder, 'data'),
    log: createLog((line) => lines.push(line)),
    spawn: (worker) => {
      const process = forkSpawner(worker)
      if (worker === 'watch') watchers.push(process)
      return process
    },
  })
  onTestFinished(async () => {
    await core.close()
    await rm(home, { recursive: true, force: true, maxRetries: 3 })
  })
  const ask = async <N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const result = await core.dispatch(operatorCaller, name, input)
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
    return result.value as Output<N> // dispatch has parsed it by this procedure's schema
  }
  const folders = async () => (await ask('folders.list', {})).folders
  const photos = async () => (await folders()).reduce((sum, { photoCount }) => sum + photoCount, 0)
  const scans = async () => (await ask('jobs.list', {})).jobs.filter(({ kind }) => kind === 'scan')
  /** Everything is scanned, and is known to be watched from before the last scan on. */
  const quiet = () =>
    expect
      .poll(async () => {
        const [last, ...earlier] = await scans()
        const all = [last, ...earlier]
        return (
          last !== undefined &&
          all.every((job) => job?.state === 'done' || job?.state === 'failed') &&
          all.some((job) => job?.startedByKind === 'system' && job !== all.at(-1)) &&
          (await folders()).every(({ watched, online }) => watched || !online)
        )
      }, waiting)
      .toBe(true)
  await ask('folders.add', { path: folder })
  await quiet()
  return { home, folder, ask, folders, photos, scans, quiet, watchers, lines }
}

const waiting = { timeout: 60_000 }

test('a file that is copied in appears without anybody asking, and one that is renamed stays the same photo', async () => {
  const { folder, photos, scans } = await open()
  await makePicture(join(folder, 'trip', 'second.jpg'), { width: 50 })
  await expect.poll(photos, waiting).toBe(2)
  await rename(join(folder, 'trip', 'second.jpg'), join(folder, 'renamed.jpg'))
  const moved = async () => (await scans()).reduce((sum, { result }) => sum + (result?.moved ?? 0), 0)
  await expect.poll(moved, waiting).toBe(1)
  expect(await photos()).toBe(2)
  expect((await scans()).filter(({ startedByKind }) => startedByKind === 'watch').length).toBeGreaterThan(1)
})

test('500 files that come at once lead to a few scans', async () => {
  const { folder, photos, scans } = await open()
  const before = (await scans()).length
  await mkdir(join(folder, 'card'))
  for (let index = 0; index < 500; index += 1)
    await writeFile(join(folder, 'card', `${index}.mp4`), `${index}`)
  await expect.poll(photos, waiting).toBe(501)
  expect((await scans()).length - before).toBeLessThanOrEqual(3)
})

test('a watcher that is killed comes back, and misses nothing', async () => {
  const { folder, photos, watchers, quiet } = await open()
  process.kill(watchers.at(-1)?.pid ?? 0, 'SIGKILL')
  await makePicture(join(folder, 'meanwhile.jpg'), { width: 50 })
  await expect.poll(photos, waiting).toBe(2)
  await quiet()
  expect(watchers.length).toBeGreaterThan(1)
  await makePicture(join(folder, 'later.jpg'), { width: 55 })
  await expect.poll(photos, waiting).toBe(3)
})

test('switched off, nothing is watched; switched on again, nothing was missed', async () => {
  const { folder, ask, folders, photos, scans, quiet } = await open()
  await ask('settings.setLibrary', { watch: false })
  await expect.poll(async () => (await folders()).map(({ watched }) => watched), waiting).toEqual([false])
  expect((await folders())[0]).toMatchObject({ watchProblem: null })
  const before = (await scans()).length
  await makePicture(join(folder, 'unseen.jpg'), { width: 50 })
  // a scan that is asked for sees it; none came before that
  await ask('jobs.scan', {})
  await expect.poll(photos, waiting).toBe(2)
  expect((await scans()).length).toBe(before + 1)
  await makePicture(join(folder, 'unseen-2.jpg'), { width: 55 })
  await ask('settings.setLibrary', { watch: true })
  await expect.poll(photos, waiting).toBe(3)
  await quiet()
})

test('a root that vanishes takes its folder offline, without a crash, and others are watched on', async () => {
  const { home, folder, ask, folders, photos, quiet, lines } = await open()
  const other = join(home, 'other')
  await makePicture(join(other, 'a.jpg'), { width: 50 })
  await ask('folders.add', { path: other })
  await expect.poll(photos, waiting).toBe(2)
  await quiet()
  await rename(other, join(home, 'away'))
  const of = async () => (await folders()).find(({ path }) => path === other)
  await expect.poll(async () => (await of())?.offlineReason, waiting).toBe('root_missing')
  await makePicture(join(folder, 'later.jpg'), { width: 55 })
  await expect.poll(photos, waiting).toBe(3)
  await rename(join(home, 'away'), other)
  await ask('jobs.scan', {})
  await expect.poll(async () => (await of())?.watched, waiting).toBe(true)
  expect(lines.filter((line) => line.includes(' error '))).toEqual([])
})

const canMount = process.platform === 'linux' && process.getuid?.() === 0

test.skipIf(!canMount)(
  'a drive that is unmounted is noticed, though nobody tells of it (needs the right to mount)',
  async () => {
    const { home, ask, folders, photos } = await open()
    const drive = join(home, 'drive')
    await mkdir(drive)
    const mount = () => promisify(execFile)('mount', ['-t', 'tmpfs', 'tmpfs', drive])
    await mount()
    onTestFinished(() => void promisify(execFile)('umount', ['-l', drive]).catch(() => undefined))
    await makePicture(join(drive, 'a.jpg'))
    await ask('folders.add', { path: drive })
    await expect.poll(photos, waiting).toBe(2)
    const of = async () => (await folders()).find(({ path }) => path === drive)
    await expect.poll(async () => (await of())?.watched, waiting).toBe(true)
    // busy as long as a scan is at it
    const unmount = () =>
      promisify(execFile)('umount', [drive]).then(
        () => true,
        () => false,
      )
    await expect.poll(unmount, waiting).toBe(true)
    // the system tells nothing of it: the watcher looks every half minute
    await expect.poll(async () => (await of())?.online, { timeout: 100_000 }).toBe(false)
  },
)

test('a folder that is forgotten before it was looked at once more is left alone', async () => {
  const { home, folder, ask, folders, scans } = await open()
  const other = join(home, 'other')
  await makePicture(join(other, 'a.jpg'))
  await ask('folders.add', { path: other })
  const it = async () => (await folders()).find(({ path }) => path === other)
  await expect.poll(async () => (await it())?.watched, waiting).toBe(true)
  const { id = 0 } = (await it()) ?? {}
  const scansOfIt = async () => (await scans()).filter(({ folderId }) => folderId === id)
  await expect.poll(async () => (await scansOfIt()).map(({ state }) => state), waiting).toEqual(['done'])
  await ask('folders.remove', { id })
  // it would have had its turn before what happens now
  await makePicture(join(folder, 'later.jpg'))
  const later = async () => (await scans()).some(({ result }) => result?.added === 1 && result.files === 2)
  await expect.poll(later, waiting).toBe(true)
  expect(await scansOfIt()).toHaveLength(1)
})
