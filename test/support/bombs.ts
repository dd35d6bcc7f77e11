import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { crc32, createDeflate, gunzipSync } from 'node:zlib'

const FIXTURES = fileURLToPath(new URL('../fixtures/bombs/', import.meta.url))

/** Puts small files that become large ones into a folder: see the README beside them. */
export async function layBombs(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of ['100-megapixels.avif', '200-megapixels.webp'])
    await copyFile(join(FIXTURES, name), join(folder, name))
  const packed = await readFile(join(FIXTURES, '200-megapixels-progressive.jpg.gz'))
  await writeFile(join(folder, '200-megapixels-progressive.jpg'), gunzipSync(packed))
}

/** The steps of an interlaced PNG: first column and row of each pass, and how far apart its columns and rows are (PNG, 8.2). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** Writes a black, transparent, interlaced PNG, which can only be decoded whole; any size takes few kilobytes. */
export async function writeInterlaced(path: string, edge: number): Promise<void> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(edge, 0)
  header.writeUInt32BE(edge, 4)
  // eight bits, red, green, blue and alpha, interlaced
  header.set([8, 6, 0, 0, 1], 8)
  const packed = await buffer(Readable.from(rowsOf(edge)).pipe(createDeflate({ level: 1 })))
  const parts = [chunkOf('IHDR', header), chunkOf('IDAT', packed), chunkOf('IEND', Buffer.alloc(0))]
  await pipeline(
    Readable.from([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]),
    createWriteStream(path),
  )
}

/** Each row begins with its filter, of which 0 is none. */
function* rowsOf(edge: number): Generator<Buffer> {
  for (const [x, y, dx, dy] of PASSES) {
    const row = Buffer.alloc(1 + 4 * Math.ceil((edge - x) / dx))
    for (let at = y; at < edge; at += dy) yield row
  }
}

function chunkOf(name: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.length + 12)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(name, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8)
  return chunk
}
