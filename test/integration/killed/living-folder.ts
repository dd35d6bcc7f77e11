import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import sharp from 'sharp'
import type { Random } from '../../../electron/demo/random.ts'

/** What happens to a file: only moved and renamed, only edited where it is, or anything. */
type Life = 'mover' | 'editor' | 'other'

const FOLDERS: Record<Life, string> = { mover: 'movers', editor: 'edited', other: 'others' }
const FILES_OF_A_DIRECTORY = 40
const DIRECTORIES_OF_A_GROUP = 5

/** What is done how often, in relation. */
const LIKELY = {
  rename: 6,
  move: 6,
  moveDirectory: 1,
  renameDirectory: 1,
  edit: 6,
  add: 3,
  remove: 3,
  replace: 2,
  swap: 1,
  editAndMove: 1,
}

/** Known by its name's beginning, whatever else happens to the name. */
interface LivingFile {
  key: string
  directory: string
  name: string
  /** was there from the beginning */
  isOriginal: boolean
}

/** The key of a file that a household made of its name, as given by {@link LivingFolder}. */
export const keyOf = (name: string) => /^[meo]\d+/.exec(name)?.[0] ?? ''

/** A folder of small pictures, no two alike, in which somebody tidies up all the time. */
export class LivingFolder {
  readonly root: string
  readonly #random: Random
  readonly #pictures: Buffer[]
  readonly #files: Record<Life, LivingFile[]> = { mover: [], editor: [], other: [] }
  readonly #counts: Record<string, number> = {}
  #last = 0
  /** originals that may still go: were it half of a folder, a scan would suspect that a drive is away */
  #spare: number

  private constructor(root: string, random: Random, pictures: Buffer[], count: number) {
    this.root = root
    this.#spare = Math.floor(count / 20)
    this.#random = random
    this.#pictures = pictures
  }

  /** Makes the folder: a half of its files are movers, a quarter is edited. */
  static async make(root: string, random: Random, count: number): Promise<LivingFolder> {
    const folder = new LivingFolder(root, random, await drawPictures(), count)
    const lives: Life[] = ['mover', 'mover', 'editor', 'other']
    const perLife: Record<Life, number> = { mover: 0, editor: 0, other: 0 }
    for (let index = 0; index < count; index += 1) {
      const life = lives[index % lives.length] ?? 'other'
      const leaf = Math.floor(perLife[life] / FILES_OF_A_DIRECTORY)
      perLife[life] += 1
      const group = `group ${Math.floor(leaf / DIRECTORIES_OF_A_GROUP)}`
      folder.#add(life, join(root, FOLDERS[life], group, `leaf ${leaf}`), true)
    }
    return folder
  }

  /** what was done so far, by kind */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts
  }

  /** Keys of files whose photos must be kept: they were moved, renamed or edited in place, nothing else. */
  get lasting(): Set<string> {
    return new Set([...this.#files.mover, ...this.#files.editor].map(({ key }) => key))
  }

  /** Does one thing at random. */
  change(): void {
    const what = this.#random.pick(Object.entries(LIKELY).flatMap(([name, share]) => Array(share).fill(name)))
    this.#counts[what] = (this.#counts[what] ?? 0) + 1
    this.#changes[what]?.()
  }

  readonly #changes: Record<string, () => void> = {
    rename: () => this.#place(this.#pick('mover'), { name: this.#newName }),
    move: () => this.#place(this.#pick('mover'), { directory: this.#pick('mover').directory }),
    moveDirectory: () => {
      const { directory } = this.#pick('mover')
      const to = dirname(this.#pick('mover').directory)
      this.#moveDirectory(directory, join(to, `moved ${this.#next()}`))
    },
    renameDirectory: () => {
      const { directory } = this.#pick('mover')
      this.#moveDirectory(directory, join(dirname(directory), `renamed ${this.#next()}`))
    },
    edit: () => this.#edit(this.#pick('editor')),
    add: () => this.#add('other', this.#pick('other').directory),
    remove: () => {
      const file = this.#pickExpendable()
      if (!file) return
      rmSync(pathOf(file))
      this.#forget(file)
    },
    /** one takes the place and the name of another */
    replace: () => {
      const [from, to] = [this.#pickExpendable(), this.#pick('other')]
      if (!from || from === to) return
      renameSync(pathOf(from), pathOf(to))
      this.#forget(from)
    },
    swap: () => {
      const [one, other] = [this.#pick('other'), this.#pick('other')]
      if (one === other) return
      const aside = join(this.root, FOLDERS.other, `.aside-${this.#next()}`)
      renameSync(pathOf(one), aside)
      renameSync(pathOf(other), pathOf(one))
      renameSync(aside, pathOf(other))
    },
    editAndMove: () => {
      const file = this.#pickExpendable()
      if (!file) return
      this.#edit(file)
      this.#place(file, { directory: this.#pick('other').directory, name: this.#newName })
    },
  }

  #pick(life: Life): LivingFile {
    return this.#random.pick(this.#files[life])
  }

  /** One of the others that may vanish from where it is. */
  #pickExpendable(): LivingFile | undefined {
    const file = this.#pick('other')
    if (!file.isOriginal) return file
    if (this.#spare === 0) return undefined
    this.#spare -= 1
    file.isOriginal = false
    return file
  }

  #next(): number {
    this.#last += 1
    return this.#last
  }

  readonly #newName = (file: LivingFile) => `${file.key} called ${this.#next()}.jpg`

  #add(life: Life, directory: string, isOriginal = false): void {
    const key = `${life.slice(0, 1)}${this.#next()}`
    const file = { key, directory, name: `${key}.jpg`, isOriginal }
    mkdirSync(directory, { recursive: true })
    writeFileSync(pathOf(file), this.#bytes(key))
    this.#files[life].push(file)
  }

  /** What follows a picture's end is ignored by decoders, yet makes each file another content. */
  #bytes(key: string): Buffer {
    const marks = '.'.repeat(this.#random.whole(0, 40))
    return Buffer.concat([this.#random.pick(this.#pictures), Buffer.from(`#${key}/${this.#next()}${marks}`)])
  }

  /** As programs save: over the old one in place, or beside it and renamed. */
  #edit(file: LivingFile): void {
    const isInPlace = this.#random.chance(0.5)
    const to = isInPlace ? pathOf(file) : join(file.directory, `.saving-${this.#next()}`)
    writeFileSync(to, this.#bytes(file.key))
    if (!isInPlace) renameSync(to, pathOf(file))
  }

  #place(file: LivingFile, to: { directory?: string; name?: (file: LivingFile) => string }): void {
    const before = pathOf(file)
    if (to.directory !== undefined) file.directory = to.directory
    if (to.name) file.name = to.name(file)
    renameSync(before, pathOf(file))
  }

  #moveDirectory(from: string, to: string): void {
    renameSync(from, to)
    for (const file of this.#files.mover) if (file.directory === from) file.directory = to
  }

  #forget(file: LivingFile): void {
    this.#files.other = this.#files.other.filter((other) => other !== file)
  }
}

const pathOf = ({ directory, name }: LivingFile) => join(directory, name)

/** Small, with capture times all over two years. */
async function drawPictures(): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: 24 }, (_, index) => {
      const background = { r: 10 * index, g: 240 - 10 * index, b: 90 }
      const taken = `20${23 + (index % 2)}:${String(1 + Math.floor(index / 2)).padStart(2, '0')}:15 12:00:00`
      return sharp({ create: { width: 64, height: 48, channels: 3, background } })
        .withExif({ IFD2: { DateTimeOriginal: taken } })
        .jpeg()
        .toBuffer()
    }),
  )
}

/** Every file on disk below `root` (absolute paths), as the system tells. */
export function filesOnDisk(root: string): Map<string, { size: number; mtimeMs: number }> {
  const found = readdirSync(root, { recursive: true, withFileTypes: true })
  return new Map(
    found
      .filter((entry) => entry.isFile() && !basename(entry.name).startsWith('.'))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        const { size, mtimeMs } = statSync(path)
        return [path, { size, mtimeMs }]
      }),
  )
}
