import {
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import type { Sort } from './contents.ts'
import { isInOneOf } from './model.ts'
import { IGNORE_FILE, readTree } from './tree.ts'
import type { World } from './world.ts'

/** What a step does, as numbers that choose among what there is: any sequence of steps can be made, whatever was left out. */
export interface Choice {
  a: number
  b: number
  c: number
}

const FILE_NAMES = [
  'a.jpg',
  'b.png',
  'IMG_1.JPG',
  'img_1.jpg',
  'caf\u00e9.jpg',
  'cafe\u0301.jpg',
  '🏔 day 1.jpeg',
  ' blanks .png',
  `${'ö'.repeat(98)}.jpg`,
  'film.mp4',
  '.hidden.jpg',
  'note.txt',
  'skip.jpg',
]
const DIRECTORY_NAMES = [
  'trip',
  'Trip',
  'deep',
  'd\u00fc',
  'du\u0308',
  '.cache',
  '@eaDir',
  'skip',
  'album.jpg',
]
const PATTERNS = ['skip', 'skip.jpg', 'a.jpg', 'deep']
const SORTS: readonly Sort[] = ['png', 'jpeg', 'png', 'jpeg', 'png', 'garbage', 'empty']

export const pick = <T>(from: readonly T[], choice: number): T | undefined => from[choice % from.length]

const directoriesOf = (world: World) => [...readTree(world.base).directories].sort()
const filesOf = (world: World) =>
  [...readTree(world.base).files.keys()].filter((path) => basename(path) !== IGNORE_FILE).sort()
const aDirectory = (world: World, choice: number) => pick(directoriesOf(world), choice) ?? world.base

function write(world: World, path: string, bytes: Buffer): void {
  writeFileSync(path, bytes)
  utimesSync(path, world.nextTime(), world.nextTime())
}

/** A name that no file ever had, of the same kind. */
const freshName = (world: World, path: string) => `${world.now()}${extname(path)}`

const isFree = (path: string) => !existsSync(path)
const isFile = (path: string) => existsSync(path) && statSync(path).isFile()

/** Not the whole tree, nor anything into itself. */
const mayMove = (world: World, from: string, to: string) =>
  from !== world.base && !isInOneOf([from], to) && isFree(to)

type DiskStep = (world: World, choice: Choice) => void

function add(world: World, { a, b, c }: Choice): void {
  const path = join(aDirectory(world, a), pick(FILE_NAMES, b) ?? '')
  if (isFree(path) || isFile(path)) write(world, path, world.contents.fresh(pick(SORTS, c) ?? 'png'))
}

/** More than the brake needs, of a kind that costs no decoding. */
function addMany(world: World, { a, b }: Choice): void {
  const directory = aDirectory(world, a)
  for (let index = 0; index < 52 + (b % 20); index += 1) {
    const path = join(directory, `${world.now()}.mp4`)
    if (isFree(path)) write(world, path, world.contents.fresh('garbage'))
  }
}

function edit(world: World, { a, b, c }: Choice): void {
  const path = pick(filesOf(world), a)
  if (!path) return
  const bytes = world.contents.fresh(pick(SORTS, c) ?? 'png')
  if (b % 2 === 0) {
    write(world, path, bytes)
    return
  }
  // as careful programs save
  const prepared = world.prepare(bytes)
  utimesSync(prepared, world.nextTime(), world.nextTime())
  renameSync(prepared, path)
}

function rename(world: World, { a, b }: Choice): void {
  const path = pick(filesOf(world), a)
  if (!path) return
  const name = b % 3 === 0 ? freshName(world, path) : (pick(FILE_NAMES, b) ?? '')
  const to = join(dirname(path), name)
  // now and then one takes another's place
  if (isFree(to) || (b % 7 === 0 && isFile(to))) renameSync(path, to)
}

function move(world: World, { a, b, c }: Choice): void {
  const path = pick(filesOf(world), a)
  if (!path) return
  const to = join(aDirectory(world, b), c % 2 === 0 ? freshName(world, path) : basename(path))
  if (isFree(to) || (c % 7 === 0 && isFile(to))) renameSync(path, to)
}

function copy(world: World, { a, b, c }: Choice): void {
  const path = pick(filesOf(world), a)
  if (!path) return
  const to = join(aDirectory(world, b), c % 3 === 0 ? basename(path) : `${c % 5}-copy${extname(path)}`)
  if (!isFree(to)) return
  const { mtimeMs } = statSync(path)
  copyFileSync(path, to)
  const seconds = c % 2 === 0 ? mtimeMs / 1000 : world.nextTime()
  utimesSync(to, seconds, seconds)
}

function swap(world: World, { a, b }: Choice): void {
  const [one, other] = [pick(filesOf(world), a), pick(filesOf(world), b)]
  if (!one || !other || one === other) return
  const waiting = join(world.aside, 'swapped')
  renameSync(one, waiting)
  renameSync(other, one)
  renameSync(waiting, other)
}

function moveDirectory(world: World, { a, b, c }: Choice): void {
  const from = aDirectory(world, a)
  const name = c % 2 === 0 ? basename(from) : (pick(DIRECTORY_NAMES, c) ?? '')
  const to = join(aDirectory(world, b), name)
  if (mayMove(world, from, to)) renameSync(from, to)
}

function fileToDirectory(world: World, { a, b }: Choice): void {
  const path = pick(filesOf(world), a)
  if (!path) return
  unlinkSync(path)
  mkdirSync(path)
  if (b % 3 > 0) write(world, join(path, 'b.png'), world.contents.fresh('png'))
}

function directoryToFile(world: World, { a }: Choice): void {
  const path = aDirectory(world, a)
  if (path === world.base) return
  rmSync(path, { recursive: true })
  write(world, path, world.contents.fresh('jpeg'))
}

function ignore(world: World, { a, b }: Choice): void {
  const path = join(aDirectory(world, a), IGNORE_FILE)
  if (isFree(path)) writeFileSync(path, `${pick(PATTERNS, b)}\n`)
  else if (isFile(path)) unlinkSync(path)
}

/** A root is unplugged, or a directory carried off; `bringBack` undoes it. */
function takeAway(world: World, { a }: Choice): void {
  const path = pick([...world.areas].filter((area) => existsSync(area)).sort(), a) ?? aDirectory(world, a)
  if (path === world.base) return
  const to = join(world.aside, `away-${world.now()}`)
  renameSync(path, to)
  world.away.set(to, path)
}

function bringBack(world: World, { a }: Choice): void {
  const away = pick([...world.away.keys()], a)
  const path = world.away.get(away ?? '')
  if (!away || !path) return
  if (!existsSync(dirname(path)) || !isFree(path) || !statSync(dirname(path)).isDirectory()) return
  renameSync(away, path)
  world.away.delete(away)
}

function remove(world: World, { a }: Choice): void {
  const path = pick(filesOf(world), a)
  if (path) unlinkSync(path)
}

function removeDirectory(world: World, { a }: Choice): void {
  const path = aDirectory(world, a)
  if (path !== world.base && relative(world.base, path).includes('/')) rmSync(path, { recursive: true })
}

/** All files of a directory and below it, the directories stay. */
function empty(world: World, { a }: Choice): void {
  const directory = aDirectory(world, a)
  for (const path of filesOf(world)) if (isInOneOf([directory], path)) unlinkSync(path)
}

function touch(world: World, { a }: Choice): void {
  const path = pick(filesOf(world), a)
  if (path) utimesSync(path, world.nextTime(), world.nextTime())
}

function makeDirectory(world: World, { a, b }: Choice): void {
  const path = join(aDirectory(world, a), pick(DIRECTORY_NAMES, b) ?? '')
  if (isFree(path)) mkdirSync(path)
}

/** What may happen to the files, each with how often it does. */
export const diskSteps = {
  add: [8, add],
  addMany: [1, addMany],
  edit: [4, edit],
  rename: [5, rename],
  move: [8, move],
  copy: [2, copy],
  remove: [3, remove],
  swap: [3, swap],
  touch: [2, touch],
  makeDirectory: [3, makeDirectory],
  moveDirectory: [4, moveDirectory],
  removeDirectory: [1, removeDirectory],
  empty: [1, empty],
  fileToDirectory: [1, fileToDirectory],
  directoryToFile: [1, directoryToFile],
  ignore: [2, ignore],
  takeAway: [1, takeAway],
  bringBack: [3, bringBack],
} as const satisfies Record<string, readonly [number, DiskStep]>
