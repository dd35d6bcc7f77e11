import { createHash } from 'node:crypto'
import sharp from 'sharp'

/** What a file of the test holds: pictures, something no decoder knows, or nothing. */
export type Sort = 'png' | 'jpeg' | 'garbage' | 'empty'

const drawn = sharp({ create: { width: 8, height: 8, channels: 3, background: '#7a9e7e' } })
const pictures = {
  png: await drawn.clone().png().toBuffer(),
  jpeg: await drawn.clone().jpeg().toBuffer(),
  garbage: Buffer.from('no picture '),
}

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Makes files of which no two are alike, and knows them again by their hash. */
export class Contents {
  readonly #sorts = new Map<string, Sort>()
  #count = 0

  /** Bytes that no file had before, but for those of the sort `empty`. */
  fresh(sort: Sort): Buffer {
    this.#count += 1
    // what follows the picture's end changes nothing of it; sizes repeat now and then, contents never do
    const unique = Buffer.from(`#${this.#count}#`.padEnd(8 + (this.#count % 5), '.'))
    const bytes = sort === 'empty' ? Buffer.alloc(0) : Buffer.concat([pictures[sort], unique])
    this.#sorts.set(hashOf(bytes), sort)
    return bytes
  }

  /** The sort of a file by its hash; throws for one that this test has not made. */
  sortOf(hash: string): Sort {
    const sort = this.#sorts.get(hash)
    if (!sort) throw new Error(`no file of this test has the hash ${hash}`)
    return sort
  }
}

export const EMPTY = hashOf(Buffer.alloc(0))
