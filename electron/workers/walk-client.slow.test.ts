import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { forkSpawner, type Spawner } from './spawn.ts'
import { createWalkClient, type WalkClientOptions, WalkError } from './walk-client.ts'
import type { WalkBatch, WalkOptions, WalkSummary } from './walk-messages.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'mantel-walk-')))
const opened: { close: () => void }[] = []

function client(options: Partial<WalkClientOptions> = {}) {
  const made = createWalkClient({ spawner: forkSpawner, ...options })
  opened.push(made)
  return made
}

afterEach(() => {
  for (const made of opened.splice(0)) made.close()
})
afterAll(() => rmSync(base, { recursive: true }))

/** Makes empty files (with their directories) below a fresh folder. */
function folderWith(name: string, paths: readonly string[]): string {
  const root = join(base, name)
  mkdirSync(root, { recursive: true })
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), path.endsWith('.mantelignore') ? '' : 'x')
  }
  return root
}

async function all(options: Partial<WalkOptions> & { root: string }, walker = client()) {
  const walking = walker.walk({ ignore: [], skip: [], ...options })
  const batches: WalkBatch[] = []
  for (;;) {
    const next = await walking.next()
    if (next.done) return { batches, summary: next.value, files: filesOf(options.root, batches) }
    batches.push(next.value)
  }
}

const filesOf = (root: string, batches: readonly WalkBatch[]) =>
  batches.flatMap(({ directory, entries }) =>
    entries.map(({ name }) => relative(root, join(directory, name)).replaceAll('\\', '/')),
  )

describe('walking', () => {
  it('tells every directory, and of each the files of known kinds', async () => {
    const root = folderWith('plain', [
      'b.jpg',
      'a.HEIC',
      'notes.txt',
      '2024/c.mp4',
      '2024/deep/d.nef',
      'empty/readme.md',
    ])
    const { batches, summary, files } = await all({ root })
    expect(files).toEqual(['a.HEIC', 'b.jpg', '2024/c.mp4', '2024/deep/d.nef'])
    expect(batches.map(({ directory }) => relative(root, directory))).toEqual([
      '',
      '2024',
      join('2024', 'deep'),
      'empty',
    ])
    expect(
      batches.every(({ complete, problem, failed }) => complete && !problem && failed.length === 0),
    ).toBe(true)
    expect(summary).toEqual({
      directories: 4,
      files: 4,
      otherFiles: 2,
      skipped: 0,
      unreadable: 0,
    } satisfies WalkSummary)
    const [entry] = batches[0]?.entries ?? []
    expect(entry).toMatchObject({ name: 'a.HEIC', size: 1, inode: expect.stringMatching(/^\d+$/) })
    expect(Math.abs((entry?.mtimeMs ?? 0) - Date.now())).toBeLessThan(3_600_000)
  })

  it('leaves out hidden and system directories, and what patterns say', async () => {
    const root = folderWith('rules', [
      'keep.jpg',
      '.hidden.jpg',
      '.thumbs/a.jpg',
      '@eaDir/a.jpg',
      '$RECYCLE.BIN/a.jpg',
      'Catalog.lrdata/a.jpg',
      'raw/a.jpg',
      'raw/b.nef',
      'export/small/a.jpg',
      'export/large/a.jpg',
      'export/large/proof.jpg',
      'household/a.jpg',
      'deep/household/a.jpg',
    ])
    writeFileSync(join(root, '.mantelignore'), '# not the raws\n*.nef\n/export/*\n!/export/large/\n')
    writeFileSync(join(root, 'export', 'large', '.mantelignore'), 'proof*\n')
    const { files } = await all({ root, ignore: ['/household'] })
    expect(files.sort()).toEqual(['deep/household/a.jpg', 'export/large/a.jpg', 'keep.jpg', 'raw/a.jpg'])
  })

  it('lets an ignore file take back what one above leaves out', async () => {
    const root = folderWith('taken-back', ['a.png', 'shots/b.png'])
    writeFileSync(join(root, '.mantelignore'), '*.png\n')
    writeFileSync(join(root, 'shots', '.mantelignore'), '!*.png\n')
    expect((await all({ root })).files).toEqual(['shots/b.png'])
  })

  it('does not enter directories to skip, by path or by identity', async () => {
    const root = folderWith('skip', ['a.jpg', 'area/b.jpg', 'data/c.jpg', 'area-2/d.jpg'])
    symlinkSync(join(root, 'data'), join(base, 'data-by-another-name'))
    const skip = [join(root, 'area'), join(base, 'data-by-another-name')]
    expect((await all({ root, skip })).files).toEqual(['a.jpg', 'area-2/d.jpg'])
  })

  it('follows no links, in or out', async () => {
    const root = folderWith('links', ['inside/a.jpg'])
    const outside = folderWith('outside', ['secret.jpg'])
    symlinkSync(outside, join(root, 'way-out'))
    symlinkSync(join(outside, 'secret.jpg'), join(root, 'secret.jpg'))
    symlinkSync(root, join(root, 'inside', 'round-and-round'))
    linkSync(join(root, 'inside', 'a.jpg'), join(root, 'same-file.jpg'))
    const { files, batches, summary } = await all({ root })
    expect(files).toEqual(['same-file.jpg', 'inside/a.jpg'])
    expect(summary.skipped).toBe(3)
    expect(new Set(batches.flatMap(({ entries }) => entries.map(({ inode }) => inode))).size).toBe(1)
  })

  it('cuts a large directory into batches, the last of them complete', async () => {
    const root = folderWith(
      'large',
      Array.from({ length: 2500 }, (_, index) => `${index}.jpg`),
    )
    const { batches, files } = await all({ root })
    expect(batches.map(({ complete }) => complete)).toEqual([false, false, true])
    expect(new Set(files).size).toBe(2500)
  })

  it('tells names that are no text, and goes on', async () => {
    const root = folderWith('names', ['ü.jpg'])
    try {
      writeFileSync(
        Buffer.concat([Buffer.from(join(root, 'bad-')), Buffer.from([0xff]), Buffer.from('.jpg')]),
        'x',
      )
    } catch {
      // File systems that hold only text can't have such a name.
      return
    }
    const { batches, files, summary } = await all({ root })
    expect(files).toEqual(['ü.jpg'])
    expect(batches[0]).toMatchObject({ complete: false, failed: [{ reason: 'file_name_undecodable' }] })
    expect(summary.unreadable).toBe(1)
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'tells what it may not read, and goes on',
    async () => {
      const root = folderWith('closed', ['a.jpg', 'locked/b.jpg', 'open/c.jpg'])
      chmodSync(join(root, 'locked'), 0)
      const { files, batches } = await all({ root })
      chmodSync(join(root, 'locked'), 0o700)
      expect(files).toEqual(['a.jpg', 'open/c.jpg'])
      expect(batches.find(({ problem }) => problem)).toMatchObject({
        directory: join(root, 'locked'),
        problem: 'folder_unreadable',
      })
    },
  )

  it.each([
    ['gone', 'folder_missing'],
    ['plain/b.jpg', 'folder_not_directory'],
  ])('a root that is %s is an error', async (path, reason) => {
    await expect(all({ root: join(base, path) })).rejects.toMatchObject({ reason, constructor: WalkError })
  })

  it('reads on only as batches are taken, and ends where the loop is left', async () => {
    const root = folderWith(
      'paced',
      Array.from({ length: 50 }, (_, index) => `${index}/a.jpg`),
    )
    const walker = client({ processes: 1 })
    const seen: string[] = []
    for await (const batch of walker.walk({ root, ignore: [], skip: [] })) {
      seen.push(...batch.entries.map(({ name }) => name))
      // Made while the walk waits: it is found, since that directory hasn't been read yet.
      if (seen.length === 1) writeFileSync(join(root, '9', 'late.jpg'), 'x')
      if (seen.includes('late.jpg')) break
    }
    expect(seen).toContain('late.jpg')
    expect(await walker.check(root)).toMatchObject({ ok: true })
  })

  it('goes through a folder while two walks wait for those who take their batches', async () => {
    const root = folderWith('held', ['a/1.jpg', 'b/2.jpg'])
    const walker = client()
    const held = [1, 2].map(() => walker.walk({ root, ignore: [], skip: [] }))
    for (const walking of held) await walking.next()
    expect((await all({ root }, walker)).files).toEqual(['a/1.jpg', 'b/2.jpg'])
    for (const walking of held) expect((await walking.next()).done).toBe(false)
  })

  it('tells a directory that vanished meanwhile, and goes on', async () => {
    const root = folderWith('vanishing', ['1/a.jpg', '2/a.jpg', '3/a.jpg'])
    const batches: WalkBatch[] = []
    for await (const batch of client().walk({ root, ignore: [], skip: [] })) {
      if (batches.length === 0) rmSync(join(root, '2'), { recursive: true })
      batches.push(batch)
    }
    expect(batches.map(({ problem, complete }) => problem ?? complete)).toEqual([
      true,
      true,
      'folder_missing',
      true,
    ])
  })

  it('is ended by its signal', async () => {
    const root = folderWith('aborted', ['1/a.jpg', '2/a.jpg', '3/a.jpg'])
    const cancel = new AbortController()
    const walker = client({ processes: 1 })
    const walking = walker.walk({ root, ignore: [], skip: [] }, cancel.signal)
    await walking.next()
    cancel.abort(new Error('enough'))
    await expect(walking.next()).rejects.toThrow('enough')
    expect((await all({ root }, walker)).files).toHaveLength(3)
  })

  it('fails as a whole when its process dies', async () => {
    const root = folderWith('dying', ['1/a.jpg', '2/a.jpg'])
    const pids: number[] = []
    const spawner: Spawner = (worker) => {
      const started = forkSpawner(worker)
      pids.push(started.pid ?? 0)
      return started
    }
    const walking = client({ spawner }).walk({ root, ignore: [], skip: [] })
    await walking.next()
    process.kill(pids[0] ?? 0, 'SIGKILL')
    await expect(walking.next()).rejects.toMatchObject({ reason: 'worker_crashed' })
  })
})

describe('looking at places', () => {
  it('checks a directory, links resolved', async () => {
    const root = folderWith('checked', ['a.jpg'])
    symlinkSync(root, join(base, 'alias'))
    const walker = client()
    const direct = await walker.check(root)
    expect(direct).toMatchObject({ ok: true, realPath: root, writable: true })
    expect(await walker.check(join(base, 'alias'))).toEqual(direct)
    expect(await walker.check(join(root, 'a.jpg'))).toEqual({ ok: false, problem: 'folder_not_directory' })
    expect(await walker.check(join(root, 'none'))).toEqual({ ok: false, problem: 'folder_missing' })
    expect(await walker.check('photos')).toEqual({ ok: false, problem: 'folder_relative' })
  })

  it('lists directories as people sort them, without files, links and hidden ones', async () => {
    const root = folderWith('listed', [
      '10/a.jpg',
      '9/a.jpg',
      'Ångström/a.jpg',
      '.git/a',
      '@eaDir/a',
      'b.jpg',
    ])
    symlinkSync(base, join(root, 'link'))
    const list = await client().list(root)
    expect(list).toEqual({ ok: true, realPath: root, directories: ['9', '10', 'Ångström'], truncated: false })
  })

  it('gives up on a disk that does not answer', async () => {
    const silent: Spawner = (worker) => {
      const real = forkSpawner(worker)
      // As if the request never got anywhere.
      return { ...real, send: () => {} }
    }
    expect(await client({ spawner: silent, lookMs: 50 }).check(base)).toEqual({
      ok: false,
      problem: 'folder_timeout',
    })
  })
})
