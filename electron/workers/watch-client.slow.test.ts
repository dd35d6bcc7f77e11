import { execFile, spawnSync } from 'node:child_process'
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { createLog } from '../lib/log.ts'
import { forkSpawner, type WorkerProcess } from './spawn.ts'
import { createWatchClient } from './watch-client.ts'

/** Folders watched by the real process, what was told of them, and the processes there were. */
async function watching(...names: string[]) {
  const home = await realpath(await makeFolder())
  const roots = names.map((name) => join(home, name))
  for (const root of roots) await mkdir(join(root, 'data'), { recursive: true })
  const told: string[] = []
  const lines: string[] = []
  const processes: WorkerProcess[] = []
  const client = createWatchClient({
    spawner: (worker) => {
      const process = forkSpawner(worker)
      processes.push(process)
      return process
    },
    log: createLog((line) => lines.push(line)),
    onChanged: (root, paths) => told.push(...(paths ?? [root])),
    onState: () => undefined,
    pauseMs: 20,
    retryMs: 50,
  })
  onTestFinished(() => client.close())
  const states = () => roots.map((root) => client.stateOf(root)?.state)
  const set = (some = roots) => client.set(some.map((root) => ({ root, leaveOut: [join(root, 'data')] })))
  set()
  await expect.poll(states).toEqual(roots.map(() => 'watched'))
  return { home, roots, root: roots[0] ?? '', told, lines, processes, client, states, set }
}

/** Makes files of a name until one is told of: what came before, and was to be told, was told then. */
async function untilTold(told: string[], folder: string) {
  let count = 0
  await expect
    .poll(async () => {
      count += 1
      await writeFile(join(folder, `marker-${count}.jpg`), 'x')
      return told.some((path) => path.startsWith(join(folder, 'marker-')))
    })
    .toBe(true)
}

test('what people do with pictures is told; what scans leave out and other programs’ files are not', async () => {
  const { root, told } = await watching('a')
  const before = join(root, 'before.txt')
  await writeFile(before, 'x')
  await mkdir(join(root, '.hidden', 'deep'), { recursive: true })
  await mkdir(join(root, '@eaDir'))
  await untilTold(told, root)
  told.length = 0
  await writeFile(before, 'more')
  await writeFile(join(root, 'catalogue.lrcat'), 'x')
  for (const folder of ['.hidden', '.hidden/deep', '@eaDir', 'data'])
    await writeFile(join(root, folder, 'a.jpg'), 'x')
  await mkdir(join(root, 'trip'))
  await writeFile(join(root, 'trip', 'a.jpg'), 'x')
  await rename(join(root, 'trip', 'a.jpg'), join(root, 'trip', 'b.jpg'))
  await writeFile(join(root, '.mantelignore'), '*.png')
  await untilTold(told, join(root, 'trip'))
  await rm(join(root, 'trip', 'b.jpg'))
  await expect.poll(() => told).toContain(join(root, '.mantelignore'))
  const others = new Set(told.filter((path) => !path.includes('marker-')))
  expect(
    ['trip', join('trip', 'a.jpg'), join('trip', 'b.jpg'), '.mantelignore'].map((name) => join(root, name)),
  ).toEqual(expect.arrayContaining([...others]))
})

test('a tree that is moved in is watched to its depth', async () => {
  const { home, root, told } = await watching('a')
  await mkdir(join(home, 'card', 'day', 'hour'), { recursive: true })
  await rename(join(home, 'card'), join(root, 'card'))
  await untilTold(told, join(root, 'card', 'day', 'hour'))
})

test('a process that is killed is replaced, and watches the same', async () => {
  const { roots, told, processes, states, lines } = await watching('a', 'b')
  for (const signal of [1, 2]) {
    process.kill(processes.at(-1)?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => processes.length).toBe(signal + 1)
    await expect.poll(states).toEqual(['watched', 'watched'])
  }
  for (const root of roots) await untilTold(told, root)
  expect(lines.filter((line) => line.includes('started again'))).toHaveLength(2)
})

test('roots come and go while others are watched', async () => {
  const { home, roots, told, set, states, client } = await watching('a', 'b')
  const [a = '', b = ''] = roots
  const c = join(home, 'c')
  await mkdir(c)
  set([b, c])
  await expect.poll(() => client.stateOf(c)?.state).toBe('watched')
  expect(states()).toEqual([undefined, 'watched'])
  told.length = 0
  await writeFile(join(a, 'a.jpg'), 'x')
  await untilTold(told, b)
  await untilTold(told, c)
  expect(told.filter((path) => path.startsWith(a))).toEqual([])
})

test('a root that vanishes is told as changed and waited for; others are watched on', async () => {
  const { home, roots, told, states, lines } = await watching('a', 'b')
  const [a = '', b = ''] = roots
  await rename(a, join(home, 'away'))
  await expect.poll(() => told).toContain(a)
  await expect.poll(states).toEqual(['failed', 'watched'])
  await untilTold(told, b)
  await rename(join(home, 'away'), a)
  await expect.poll(states).toEqual(['watched', 'watched'])
  await untilTold(told, a)
  expect(lines.filter((line) => line.includes('not watched'))).toHaveLength(1)
})

const limited = `echo 5 > /proc/sys/user/max_inotify_watches && exec "$0" "$@"`
const canLimit = spawnSync('unshare', ['-r', 'sh', '-c', limited, 'true']).status === 0

test.skipIf(!canLimit)('the system’s limit of watches is told as such (needs user namespaces)', async () => {
  const root = await realpath(await makeFolder())
  for (const name of ['1', '2', '3', '4', '5']) await mkdir(join(root, name))
  const script = `import { Watcher } from ${JSON.stringify(fileURLToPath(new URL('watch.ts', import.meta.url)))}
    const watcher = new Watcher((message) => { console.log(JSON.stringify(message)); process.exit(0) })
    await watcher.watch({ root: ${JSON.stringify(root)}, leaveOut: [] })`
  const args = ['-r', 'sh', '-c', limited, process.execPath, '--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)('unshare', args)
  expect(JSON.parse(stdout)).toMatchObject({ type: 'refused', root, problem: 'watch_limit' })
})
