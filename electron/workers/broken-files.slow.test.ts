import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { byPath } from '../../test/support/enclosed.ts'
import { createMediaClient } from './media-client.ts'
import { forkSpawner, type Spawner } from './spawn.ts'

const cache = mkdtempSync(join(tmpdir(), 'mantel-broken-'))
const opened: { close: () => void }[] = []
let started = 0
const counting: Spawner = (worker) => {
  started += 1
  return forkSpawner(worker)
}

function client(processes = 1) {
  const made = createMediaClient({ spawner: counting, processes })
  opened.push(made)
  return byPath(made)
}

afterEach(() => {
  for (const made of opened.splice(0)) made.close()
  started = 0
})
afterAll(() => rmSync(cache, { recursive: true }))

const BROKEN = '../shared/photos/broken'
const isThere = existsSync(BROKEN)
describe.skipIf(!isThere)(`broken files${isThere ? '' : ' (skipped: not on this machine)'}`, () => {
  it('are all answered, by processes that live on', { timeout: 120_000 }, async () => {
    const media = client(2)
    const paths = readdirSync(BROKEN, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const replies = await Promise.all(
      paths.flatMap((path) => [
        media.render(path, cache, { picture: 'preview' }),
        media.inspect(path, Date.UTC(2010, 0, 1)),
      ]),
    )
    const reasons = replies.flatMap((reply) => (reply.ok ? [] : [reply.reason]))
    expect(paths).toHaveLength(134)
    expect([...new Set(reasons)].sort()).toEqual([
      'decode_failed',
      'empty_file',
      'too_many_pixels',
      'unsupported_kind',
    ])
    expect(started).toBe(2)
  })

  it.each([
    ['libvips/17000x17000.avif', 'too_many_pixels'],
    ['sharp/65536-uint32-limit.png', 'too_many_pixels'],
    ['image-rs/Bad_reallybig.bmp', 'unsupported_kind'],
  ])('the bomb %s is refused: %s', async (path, reason) => {
    expect(await client().render(join(BROKEN, path), cache, { picture: 'preview' })).toMatchObject({
      ok: false,
      reason,
    })
  })
})
