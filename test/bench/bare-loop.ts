/**
 * What the scan's thumbnails are compared with: a loop that makes the same ones, two at a time, and nothing else.
 * Run as `node bare-loop.ts <folder> <target>`.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { RECIPES } from '../../electron/domain/media/pictures.ts'

const [folder = '', target = ''] = process.argv.slice(2)
sharp.cache(false)
sharp.concurrency(1)
const { edge, quality } = RECIPES.thumb
const names = readdirSync(folder)[Symbol.iterator]()

async function work(): Promise<void> {
  for (const name of names)
    await sharp(join(folder, name))
      .autoOrient()
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .webp({ quality, effort: 2 })
      .toFile(join(target, `${name}.webp`))
}

await Promise.all([work(), work()])
