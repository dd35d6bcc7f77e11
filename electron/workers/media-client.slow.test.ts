import { execFileSync } from 'node:child_process'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { thumbHashToAverageRGBA } from 'thumbhash'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { byPath, enclosed } from '../../test/support/enclosed.ts'
import { cameraExif, makePicture } from '../../test/support/pictures.ts'
import { pictureFile } from '../domain/media/pictures.ts'
import { createMediaClient, type MediaClientOptions } from './media-client.ts'
import type { Rendered } from './media-messages.ts'
import { forkSpawner, type Spawner, type WorkerProcess } from './spawn.ts'

const folder = mkdtempSync(join(tmpdir(), 'mantel-media-'))
const cache = join(folder, 'cache')
const opened: { close: () => void }[] = []

/** Processes started by a test, to be meddled with. */
let started: WorkerProcess[] = []
const watching: Spawner = (worker) => {
  const process = forkSpawner(worker)
  started.push(process)
  return process
}

function client(options: Partial<MediaClientOptions> = {}) {
  const made = createMediaClient({ spawner: watching, processes: 1, ...options })
  opened.push(made)
  return byPath(made)
}

afterEach(() => {
  for (const made of opened.splice(0)) made.close()
  started = []
})
afterAll(() => rmSync(folder, { recursive: true }))

const cached = (rendered: Rendered, kind: 'thumb' | 'preview') =>
  join(cache, pictureFile(kind, rendered.contentHash, rendered.hasAlpha).path)

async function rendered(path: string, media = client()): Promise<Rendered> {
  const reply = await media.render(path, cache, { picture: 'preview' })
  if (!reply.ok) throw new Error(`${reply.reason}: ${reply.detail}`)
  return reply
}

describe('rendering', () => {
  it('makes thumbnail and preview of one size each, upright, without metadata', async () => {
    const path = await makePicture(join(folder, 'a.jpg'), { width: 3000, height: 1500, orientation: 6 })
    const reply = await rendered(path)
    expect(reply).toMatchObject({ mime: 'image/jpeg', width: 1500, height: 3000, hasAlpha: false })
    const thumb = await sharp(cached(reply, 'thumb')).metadata()
    expect(thumb).toMatchObject({ format: 'webp', width: 256, height: 512 })
    const preview = await sharp(cached(reply, 'preview')).metadata()
    expect(preview).toMatchObject({ format: 'jpeg', width: 1024, height: 2048 })
    for (const made of [thumb, preview]) {
      expect([made.exif, made.xmp, made.iptc, made.icc, made.orientation]).toEqual(Array(5).fill(undefined))
    }
    // The upper half is the darker one; turned by 6 it lies to the right.
    const { dominant } = await sharp(cached(reply, 'thumb'))
      .extract({ left: 200, top: 200, width: 40, height: 40 })
      .stats()
    expect(dominant.r).toBeLessThan(90)
    expect(readdirSync(join(cache, 'temporary'))).toEqual([])
  })

  it('keeps transparency, and small pictures as small as they are', async () => {
    const path = await makePicture(join(folder, 'b.png'), {
      format: 'png',
      colour: '#ff000080',
      width: 30,
      height: 20,
    })
    const reply = await rendered(path)
    expect(reply).toMatchObject({ hasAlpha: true, width: 30, height: 20 })
    expect(await sharp(cached(reply, 'preview')).metadata()).toMatchObject({
      format: 'webp',
      width: 30,
      hasAlpha: true,
    })
    expect(thumbHashToAverageRGBA(reply.thumbhash).r).toBeGreaterThan(0.5)
  })

  it('makes a JPEG preview of what is opaque, whatever its channels', async () => {
    for (const format of ['png', 'webp', 'gif', 'tiff', 'avif'] as const) {
      const reply = await rendered(await makePicture(join(folder, `c.${format}`), { format }))
      expect(reply).toMatchObject({ hasAlpha: false, mime: `image/${format}` })
      expect((await sharp(cached(reply, 'preview')).metadata()).format).toBe('jpeg')
    }
  })

  it('turns greys, CMYK and wide gamuts into sRGB', async () => {
    const red = { create: { width: 20, height: 20, channels: 3 as const, background: '#e02010' } }
    const made = {
      'p3.jpg': await sharp(red).withIccProfile('p3').jpeg({ quality: 100 }).toBuffer(),
      'cmyk.jpg': await sharp(red).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer(),
      'grey16.png': await sharp(red).toColourspace('grey16').png().toBuffer(),
    }
    const colours: Record<string, number[]> = {}
    for (const [name, bytes] of Object.entries(made)) {
      writeFileSync(join(folder, name), bytes)
      const reply = await rendered(join(folder, name))
      const preview = sharp(cached(reply, 'preview'))
      expect((await preview.metadata()).space).toBe('srgb')
      const { channels } = await preview.stats()
      colours[name] = channels.map((channel) => Math.round(channel.mean))
    }
    const [r = 0, g = 0, b = 0] = colours['p3.jpg'] ?? []
    expect(Math.abs(r - 0xe0) + Math.abs(g - 0x20) + Math.abs(b - 0x10)).toBeLessThan(24)
    expect(colours['cmyk.jpg']?.[0]).toBeGreaterThan(180)
    expect(new Set(colours['grey16.png']).size).toBe(1)
  })

  it('goes by content: a JPEG named .heic is shown, text named .jpg is not', async () => {
    expect((await rendered(await makePicture(join(folder, 'd.heic'), { format: 'jpeg' }))).mime).toBe(
      'image/jpeg',
    )
    writeFileSync(join(folder, 'd.jpg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    expect(await client().render(join(folder, 'd.jpg'), cache, { picture: 'preview' })).toMatchObject({
      ok: false,
      reason: 'decode_failed',
    })
  })

  it('shows the half that is left of a picture, but not the last shred', async () => {
    const path = await makePicture(join(folder, 'e.jpg'), { width: 1000, height: 1000, colour: '#d04040' })
    const noisy = await sharp(path)
      .composite([{ input: await noise(1000), blend: 'overlay' }])
      .jpeg({ quality: 90 })
      .toBuffer()
    writeFileSync(path, noisy.subarray(0, Math.floor(noisy.length / 2)))
    expect(await rendered(path)).toMatchObject({ width: 1000, height: 1000 })
    truncateSync(path, 700)
    expect(await client().render(path, cache, { picture: 'preview' })).toMatchObject({
      ok: false,
      reason: 'decode_failed',
    })
  })

  it('says which file is missing, empty, of another kind or not to be read', async () => {
    const media = client()
    writeFileSync(join(folder, 'empty.jpg'), '')
    writeFileSync(join(folder, 'film.mp4'), Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1'))
    expect(await media.render(join(folder, 'none.jpg'), cache, { picture: 'preview' })).toMatchObject({
      reason: 'file_missing',
    })
    expect(await media.render(join(folder, 'empty.jpg'), cache, { picture: 'preview' })).toMatchObject({
      reason: 'empty_file',
    })
    expect(await media.render(join(folder, 'film.mp4'), cache, { picture: 'preview' })).toMatchObject({
      reason: 'unsupported_kind',
    })
    expect(await media.render(folder, cache, { picture: 'preview' })).toMatchObject({
      reason: 'file_unreadable',
    })
    expect(await media.inspect(join(folder, 'none.jpg'), 0)).toMatchObject({ reason: 'file_missing' })
    expect(await media.inspect(folder, 0)).toMatchObject({ reason: 'file_unreadable' })
  })

  it('shows nobody a file that a link leads to, be it the file or a directory on its way', async () => {
    const media = createMediaClient({ spawner: watching, processes: 1 })
    opened.push(media)
    const file = enclosed(await makePicture(join(folder, 'pictures', 'trip', 'a.jpg')))
    const own = { ...file, folder: enclosed(dirname(file.path)).folder }
    const secret = await makePicture(join(folder, 'private', 'a.jpg'), { colour: '#d04040' })
    expect(await media.inspect(own, 0)).toMatchObject({ ok: true })
    rmSync(own.path)
    symlinkSync(secret, own.path)
    const refused = { ok: false, reason: 'file_is_link' }
    expect(await media.inspect(own, 0)).toMatchObject(refused)
    expect(await media.render(own, cache, { picture: 'thumb' })).toMatchObject(refused)
    rmSync(dirname(own.path), { recursive: true })
    symlinkSync(dirname(secret), dirname(own.path), 'junction')
    expect(await media.inspect(own, 0)).toMatchObject(refused)
    expect(await media.render(own, cache, { picture: 'thumb' })).toMatchObject(refused)
  })

  it.skipIf(process.platform === 'win32')(
    'does not wait at a pipe that is named like a picture',
    async () => {
      const pipe = join(folder, 'pipe.jpg')
      execFileSync('sh', ['-c', 'mkfifo "$0"', pipe])
      expect(await client().inspect(pipe, 0)).toMatchObject({ reason: 'file_unreadable' })
      expect(await client().render(pipe, cache, { picture: 'preview' })).toMatchObject({
        reason: 'file_unreadable',
      })
    },
  )

  it('tells a cache that can’t be written from a bad picture', async () => {
    const path = await makePicture(join(folder, 'f.jpg'))
    writeFileSync(join(folder, 'file-as-cache'), '')
    expect(await client().render(path, join(folder, 'file-as-cache'), { picture: 'preview' })).toMatchObject({
      reason: 'storage_read_only',
    })
  })
})

async function noise(edge: number): Promise<Buffer> {
  const sigma = { type: 'gaussian' as const, mean: 128, sigma: 40 }
  return sharp({ create: { width: edge, height: edge, channels: 3, background: '#000', noise: sigma } })
    .png()
    .toBuffer()
}

describe('inspecting', () => {
  it('tells metadata and a quick hash that is the same for the same content', async () => {
    const media = client()
    const path = await makePicture(join(folder, 'g.jpg'), { exif: cameraExif() })
    writeFileSync(join(folder, 'g copy.jpg'), readFileSync(path))
    const reply = await media.inspect(path, 0)
    expect(reply).toMatchObject({
      ok: true,
      metadata: { takenAt: '2024-07-06T12:13:14.000', cameraModel: 'Box 1' },
    })
    const copy = await media.inspect(join(folder, 'g copy.jpg'), 0)
    expect(reply.ok && copy.ok && reply.quickHash === copy.quickHash && reply.quickHash.length).toBe(64)
  })
})

/** Kills the process that was started last, as the system does that runs out of memory. */
function killLast(): void {
  const pid = started.at(-1)?.pid
  if (pid === undefined) throw new Error('no process was started')
  process.kill(pid, 'SIGKILL')
}

const isBeat = (message: unknown) =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'beat'

describe('processes', () => {
  it('one that is killed costs nothing: another works on its file once more', async () => {
    const media = client()
    const path = await makePicture(join(folder, 'h.jpg'), { width: 6000, height: 4000 })
    await media.inspect(path, 0)
    const first = media.render(path, cache, { picture: 'preview' })
    const second = media.inspect(path, 0)
    killLast()
    expect(await first).toMatchObject({ ok: true, width: 6000 })
    expect(await second).toMatchObject({ ok: true })
    expect(started).toHaveLength(2)
  })

  it('a file that two of them die of is the culprit, and costs no other', async () => {
    const media = client({
      spawner: (worker) => {
        const process = watching(worker)
        // only the first two are fatal
        if (started.length <= 2) process.onMessage((message) => isBeat(message) && killLast())
        return process
      },
    })
    const path = await makePicture(join(folder, 'h2.png'), { format: 'png', width: 9000, height: 6000 })
    const first = media.render(path, cache, { picture: 'preview' })
    const second = media.inspect(path, 0)
    expect(await first).toMatchObject({
      ok: false,
      reason: 'worker_crashed',
      detail: expect.stringContaining('SIGKILL'),
    })
    expect(await second).toMatchObject({ ok: true })
    expect(started).toHaveLength(3)
  })

  it('one that takes too long is ended, and the next file gets a fresh one', async () => {
    const media = client({ renderMs: 1 })
    const path = await makePicture(join(folder, 'i.jpg'), { width: 4000, height: 3000 })
    expect(await media.render(path, cache, { picture: 'preview' })).toMatchObject({
      ok: false,
      reason: 'worker_timeout',
    })
    expect(await media.inspect(path, 0)).toMatchObject({ ok: true })
    expect(started).toHaveLength(2)
  })

  it('one that holds too much memory is ended', async () => {
    const media = client({ memoryLimit: 1 })
    // Large enough that the watchdog looks at least once.
    const path = await makePicture(join(folder, 'j.png'), { format: 'png', width: 9000, height: 6000 })
    expect(await media.render(path, cache, { picture: 'preview' })).toMatchObject({
      ok: false,
      reason: 'worker_memory',
    })
  })

  it('works on as many files at a time as it has processes', async () => {
    const media = client({ processes: 2 })
    const path = await makePicture(join(folder, 'k.jpg'))
    await Promise.all(Array.from({ length: 8 }, () => media.inspect(path, 0)))
    expect(started).toHaveLength(2)
  })

  it('takes the urgent ones first', async () => {
    const media = client({ processes: 1 })
    const path = await makePicture(join(folder, 'k.jpg'))
    const order: string[] = []
    const run = async (priority: 'urgent' | 'normal' | 'idle') => {
      await media.inspect(path, 0, { priority: () => priority })
      order.push(priority)
    }
    const scan = Array.from({ length: 4 }, () => run('normal'))
    const later = Array.from({ length: 4 }, () => run('idle'))
    await Promise.all([...scan, ...later, run('normal'), run('urgent')])
    // the one that was under way already is not interrupted
    expect(order.indexOf('urgent')).toBeLessThan(2)
    expect(order.lastIndexOf('normal')).toBeLessThan(order.indexOf('idle'))
  })

  it('takes one first that became urgent while it waited', async () => {
    const media = client({ processes: 1 })
    const path = await makePicture(join(folder, 'k.jpg'))
    const order: string[] = []
    const run = async (name: string, options: Parameters<typeof media.inspect>[2]) => {
      await media.inspect(path, 0, options)
      order.push(name)
    }
    let priority: 'urgent' | 'idle' = 'idle'
    const first = run('first', {
      onBegin: () => {
        priority = 'urgent'
      },
    })
    await Promise.all([first, run('second', {}), run('risen', { priority: () => priority })])
    expect(order).toEqual(['first', 'risen', 'second'])
  })

  it('an aborted request is refused at once, waiting or under way', async () => {
    const media = client()
    const path = await makePicture(join(folder, 'l.jpg'))
    await media.inspect(path, 0)
    const cancel = new AbortController()
    const running = media.render(path, cache, { picture: 'preview', signal: cancel.signal })
    const waiting = media.render(path, cache, { picture: 'preview', signal: cancel.signal })
    cancel.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    await expect(waiting).rejects.toThrow('enough')
    await expect(media.inspect(path, 0, { signal: cancel.signal })).rejects.toThrow('enough')
    expect(await media.inspect(path, 0)).toMatchObject({ ok: true })
    expect(started).toHaveLength(1)
  })

  it('closing ends what runs and what waits', async () => {
    const media = client()
    const path = await makePicture(join(folder, 'm.jpg'))
    const asked = [media.inspect(path, 0), media.inspect(path, 0)]
    media.close()
    for (const reply of asked) await expect(reply).rejects.toMatchObject({ name: 'AbortError' })
    await expect(media.inspect(path, 0)).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('blames no file where no process can be started', async () => {
    const stillborn: Spawner = () => ({
      pid: undefined,
      send: () => {},
      onMessage: () => {},
      onExit: (listener) => void setImmediate(listener, 'no such program'),
      kill: () => {},
    })
    await expect(client({ spawner: stillborn }).inspect('/x', 0)).rejects.toThrow('no such program')
  })
})
