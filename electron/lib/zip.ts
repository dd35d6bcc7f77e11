import { crc32 } from 'node:zlib'

/**
 * Archives as they are streamed: files stored as they are (pictures do not shrink), in UTF-8 names, with the sizes behind each file's bytes,
 * and zip64 where numbers need it. Their length is known before the first byte, and is kept when files have to be left out on the way.
 * Layouts: PKWARE's APPNOTE 6.3.10, section 4.3.
 */

/** A file of an archive before its bytes. */
export interface ZipEntry {
  /** as `uniqueNames` answers them */
  name: string
  /** bytes */
  size: number
  /** local wall clock, `YYYY-MM-DDTHH:mm:ss`; the format keeps years from 1980 to 2107 and every second second */
  date: string
}

const LOCAL_BYTES = 30
const CENTRAL_BYTES = 46
const END_BYTES = 22
/** zip64's own end and what points to it */
const END_64_BYTES = 56 + 20
/** From here on a number takes eight bytes. */
const TOO_LARGE = 0xffff_ffff
const TOO_MANY = 0xffff
/** Sizes come behind the bytes, and names are UTF-8. */
const FLAGS = 0x0808
const VERSION = 20
const VERSION_64 = 45
/** A Unix system's regular file that its owner may write and all may read. */
const UNIX = 3 << 8
const MODE = 0o100644 * 0x1_0000
/** Where a piece of the directory or of filling ends. */
const PIECE_BYTES = 64 * 1024

const isLarge = (size: number) => size >= TOO_LARGE
const bytesOf = (name: string) => Buffer.byteLength(name)
const descriptorBytes = (size: number) => (isLarge(size) ? 24 : 16)
/** Behind a name in the directory: what does not fit into its fixed part. */
const extraBytes = (size: number, offset: number) => {
  const content = (isLarge(size) ? 16 : 0) + (isLarge(offset) ? 8 : 0)
  return content > 0 ? content + 4 : 0
}
const centralBytes = (nameBytes: number, size: number, offset: number) =>
  CENTRAL_BYTES + nameBytes + extraBytes(size, offset)
const endBytes = (count: number, offset: number) =>
  END_BYTES + (count >= TOO_MANY || isLarge(offset) ? END_64_BYTES : 0)

/** How many bytes an archive of these files has. */
export function zipLength(entries: Iterable<Pick<ZipEntry, 'name' | 'size'>>): number {
  let offset = 0
  let directory = 0
  let count = 0
  for (const { name, size } of entries) {
    const nameBytes = bytesOf(name)
    directory += centralBytes(nameBytes, size, offset)
    offset += LOCAL_BYTES + nameBytes + size + descriptorBytes(size)
    count += 1
  }
  return offset + directory + endBytes(count, offset)
}

interface Listed {
  name: Buffer
  size: number
  crc: number
  offset: number
  /** DOS time below, DOS date above */
  moment: number
}

/** Writes one archive: for each file `begin`, its bytes through `take`, `end` or `leaveOut`; then `finish`. What they answer is sent in that order. */
export class ZipWriter {
  /** bytes sent so far */
  #sent = 0
  #directoryBytes = 0
  readonly #listed: Listed[] = []
  #open: (Listed & { taken: number }) | null = null

  begin({ name, size, date }: ZipEntry): Uint8Array {
    const open = {
      name: Buffer.from(name),
      size,
      crc: 0,
      offset: this.#sent,
      moment: dosMoment(date),
      taken: 0,
    }
    this.#open = open
    const header = Buffer.alloc(LOCAL_BYTES)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(isLarge(size) ? VERSION_64 : VERSION, 4)
    header.writeUInt16LE(FLAGS, 6)
    header.writeUInt32LE(open.moment, 10)
    header.writeUInt16LE(open.name.length, 26)
    return this.#send(Buffer.concat([header, open.name]))
  }

  /** Counts bytes of the file that was begun, which are sent as they are. */
  take(bytes: Uint8Array): Uint8Array {
    const open = this.#begun()
    open.crc = crc32(bytes, open.crc)
    open.taken += bytes.length
    return this.#send(bytes)
  }

  /** Ends the file that was begun. Throws where its bytes were not as many as said. */
  end(): Uint8Array {
    const { taken, ...listed } = this.#begun()
    const { size, crc } = listed
    if (taken !== size) throw new Error(`${taken} bytes came of a file of ${size}`)
    this.#open = null
    this.#listed.push(listed)
    this.#directoryBytes += centralBytes(listed.name.length, size, listed.offset)
    const descriptor = Buffer.alloc(descriptorBytes(size))
    descriptor.writeUInt32LE(0x08074b50, 0)
    descriptor.writeUInt32LE(crc, 4)
    for (const [index, at] of (isLarge(size) ? [8, 16] : [8, 12]).entries())
      if (isLarge(size)) descriptor.writeBigUInt64LE(BigInt(size), 8 + 8 * index)
      else descriptor.writeUInt32LE(size, at)
    return this.#send(descriptor)
  }

  /** Does not list the file that was begun: what was sent of it is a gap that no program looks into. */
  leaveOut(): void {
    this.#open = null
  }

  /** How many bytes one more file of that name may have at most, where the archive has to be `length` bytes long. */
  roomFor(name: string, length: number): number {
    const nameBytes = bytesOf(name)
    const directory = this.#directoryBytes + centralBytes(nameBytes, 0, this.#sent)
    const end = END_BYTES + END_64_BYTES
    return length - this.#sent - LOCAL_BYTES - nameBytes - descriptorBytes(0) - directory - end
  }

  /**
   * The directory, which ends the archive. `length`: bytes that it has to have as a whole, as {@link zipLength} told of at least these files; what
   * was left out is made up for by zeros in front of the directory. Throws where it is longer already.
   */
  *finish(length: number | null): Generator<Uint8Array> {
    const count = this.#listed.length
    const most = length === null ? this.#sent : length - this.#directoryBytes - END_BYTES
    const end = endBytes(count, most)
    let filling = length === null ? 0 : length - this.#sent - this.#directoryBytes - end
    if (filling < 0) throw new Error(`The archive is ${-filling} bytes longer than was said`)
    const zeros = Buffer.alloc(Math.min(PIECE_BYTES, filling))
    for (; filling > 0; filling -= zeros.length) yield this.#send(zeros.subarray(0, filling))
    const offset = this.#sent
    yield* inPieces(this.#listed, directoryEntry)
    this.#sent += this.#directoryBytes
    yield endOf({ count, offset, bytes: this.#directoryBytes, is64: end > END_BYTES })
  }

  #begun() {
    if (!this.#open) throw new Error('No file was begun')
    return this.#open
  }

  #send(bytes: Uint8Array): Uint8Array {
    this.#sent += bytes.length
    return bytes
  }
}

function* inPieces<T>(items: readonly T[], write: (item: T) => Buffer): Generator<Uint8Array> {
  let piece: Buffer[] = []
  let length = 0
  for (const item of items) {
    const bytes = write(item)
    piece.push(bytes)
    length += bytes.length
    if (length < PIECE_BYTES) continue
    yield Buffer.concat(piece)
    piece = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(piece)
}

function directoryEntry({ name, size, crc, offset, moment }: Listed): Buffer {
  const extra = Buffer.alloc(extraBytes(size, offset))
  const header = Buffer.alloc(CENTRAL_BYTES)
  const version = extra.length > 0 ? VERSION_64 : VERSION
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(UNIX | version, 4)
  header.writeUInt16LE(version, 6)
  header.writeUInt16LE(FLAGS, 8)
  header.writeUInt32LE(moment, 12)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(Math.min(size, TOO_LARGE), 20)
  header.writeUInt32LE(Math.min(size, TOO_LARGE), 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  header.writeUInt32LE(MODE, 38)
  header.writeUInt32LE(Math.min(offset, TOO_LARGE), 42)
  if (extra.length > 0) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(extra.length - 4, 2)
    const large = [...(isLarge(size) ? [size, size] : []), ...(isLarge(offset) ? [offset] : [])]
    for (const [index, value] of large.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index)
  }
  return Buffer.concat([header, name, extra])
}

interface Directory {
  count: number
  offset: number
  bytes: number
  is64: boolean
}

function endOf({ count, offset, bytes, is64 }: Directory): Buffer {
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, TOO_MANY), 8)
  end.writeUInt16LE(Math.min(count, TOO_MANY), 10)
  end.writeUInt32LE(Math.min(bytes, TOO_LARGE), 12)
  end.writeUInt32LE(Math.min(offset, TOO_LARGE), 16)
  if (!is64) return end
  const large = Buffer.alloc(END_64_BYTES)
  large.writeUInt32LE(0x06064b50, 0)
  // of what follows behind this number
  large.writeBigUInt64LE(44n, 4)
  large.writeUInt16LE(UNIX | VERSION_64, 12)
  large.writeUInt16LE(VERSION_64, 14)
  large.writeBigUInt64LE(BigInt(count), 24)
  large.writeBigUInt64LE(BigInt(count), 32)
  large.writeBigUInt64LE(BigInt(bytes), 40)
  large.writeBigUInt64LE(BigInt(offset), 48)
  large.writeUInt32LE(0x07064b50, 56)
  large.writeBigUInt64LE(BigInt(offset + bytes), 64)
  large.writeUInt32LE(1, 72)
  return Buffer.concat([large, end])
}

function dosMoment(date: string): number {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = date.split(/\D/).map(Number)
  if (year < 1980) return dosMoment('1980-01-01T00:00:00')
  if (year > 2107) return dosMoment('2107-12-31T23:59:58')
  const days = ((year - 1980) << 9) | (month << 5) | day
  return days * 0x1_0000 + ((hour << 11) | (minute << 5) | (second >> 1))
}
