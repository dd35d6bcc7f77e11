/** The pictures made of a photo, and where they lie in the cache. */

/** `thumb` for the grid, `preview` for the viewer. */
export type PictureKind = 'thumb' | 'preview'

/** A picture made of a photo: its longer edge is at most `edge` pixels, and it is never larger than the photo. */
export type Recipe = { kind: PictureKind; edge: number; quality: number }

/**
 * 512 fills a grid cell on a screen of double density, 2048 a window. WebP at 75 makes a thumbnail of about 30 KB;
 * for previews JPEG is four times as quick to make, and its size matters less, one being loaded at a time.
 */
export const RECIPES = {
  thumb: { kind: 'thumb', edge: 512, quality: 75 },
  preview: { kind: 'preview', edge: 2048, quality: 82 },
} as const satisfies Readonly<Record<PictureKind, Recipe>>

/** How previews are made: as above until an admin chooses otherwise. */
export type PreviewRecipe = Pick<Recipe, 'edge' | 'quality'>

/** Where a made picture lies and what it is. */
export type PictureFile = {
  /** Below the cache directory, with `/`. */
  path: string
  mime: 'image/webp' | 'image/jpeg'
}

/** Below the cache directory: photos in their own size that say nothing but what is to be seen. */
export const CLEAN_FOLDER = 'clean'
/** How these are made: hardly to be told from the photo, at about the size of a camera's file. */
export const CLEAN_QUALITY = 92

/** The file of such a picture in the cache, as {@link pictureFile} answers it. */
export const cleanFile = (contentHash: string, hasAlpha: boolean): PictureFile => ({
  path: `${CLEAN_FOLDER}/${contentHash}.${hasAlpha ? 'webp' : 'jpg'}`,
  mime: hasAlpha ? 'image/webp' : 'image/jpeg',
})

/**
 * The file of a picture in the cache. Its path tells content and recipe, so identical files share it, and a changed
 * recipe never meets an old file.
 *
 * @param contentHash SHA-256 of the photo's file, 64 hexadecimal digits
 * @param hasAlpha whether the photo has transparent parts, which JPEG can't keep
 * @param preview how previews are made at the moment
 * @throws RangeError where the hash is none (it becomes part of a path)
 */
export function pictureFile(
  kind: PictureKind,
  contentHash: string,
  hasAlpha: boolean,
  preview: PreviewRecipe = RECIPES.preview,
): PictureFile {
  if (!/^[0-9a-f]{64}$/.test(contentHash)) throw new RangeError('not a SHA-256 in hexadecimal digits')
  const { edge, quality } = kind === 'preview' ? preview : RECIPES.thumb
  const isWebp = kind === 'thumb' || hasAlpha
  const name = `${contentHash}.${isWebp ? 'webp' : 'jpg'}`
  return {
    path: `${kind}-${edge}-${quality}/${contentHash.slice(0, 2)}/${name}`,
    mime: isWebp ? 'image/webp' : 'image/jpeg',
  }
}
