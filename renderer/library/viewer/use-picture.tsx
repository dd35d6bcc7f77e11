import { type RefObject, useMemo, useState } from 'react'
import type { ShownPhoto } from '../photo-query.ts'
import { browserShows, mayMove } from './details.ts'
import { Picture } from './picture.tsx'
import { useSize } from './stage.tsx'
import type { Glimpse } from './use-neighbours.ts'
import { useReducedMotion } from './use-reduced-motion.ts'
import { outgrows, useZoom } from './use-zoom.ts'
import { fitInto, type Size, type Swipe } from './zoom.ts'

/** Longer edge of the server's previews, in pixels. */
const PREVIEW_EDGE = 2048

interface PictureOptions {
  shown: Glimpse
  photo: ShownPhoto | undefined
  /** its name for screen readers */
  name: string
  stage: RefObject<HTMLElement | null>
  /** fades in over the one before */
  fades: boolean
  onSwipe: (swipe: Swipe) => void
  onTap: () => void
}

/** The picture on the stage, null where there is none; and what starts one that moves, where it should not by itself. */
export function usePicture({ shown, photo, name, stage, fades, onSwipe, onTap }: PictureOptions) {
  const stageSize = useSize(stage)
  const { box, pixels } = usePictureSize(shown, photo, stageSize)
  const zoom = useZoom({ id: shown.id, stage, stageSize, box, pixels, onSwipe, onTap })
  const still = useReducedMotion()
  const which = `${shown.id} ${shown.version}`
  const [failed, setFailed] = useState<string | null>(null)
  const [playing, setPlaying] = useState<string | null>(null)

  const mayPlay = !still || playing === which
  const moves = hasMore(photo) && !isMade(photo) && photo.state === 'ready' && mayMove(photo.mime)
  const shows = (shown.state === 'ready' || shown.state === 'pending') && failed !== which
  const picture = shows ? (
    <Picture
      key={which}
      id={shown.id}
      version={shown.version}
      share={shown.share}
      thumbhash={shown.thumbhash}
      box={box}
      alt={name}
      original={wantsOriginal(photo, zoom.scale, box, pixels, mayPlay)}
      pixels={pixels}
      layer={zoom.layer}
      fades={fades && !still}
      onFailed={() => setFailed(which)}
    />
  ) : null
  return { zoom, picture, play: moves && !mayPlay ? () => setPlaying(which) : null }
}

/** The picture's own size, or its shape until that is known, and the size at which it fits the stage. */
function usePictureSize({ ratio }: Glimpse, photo: ShownPhoto | undefined, stage: Size) {
  const width = photo?.width ?? 0
  const height = photo?.height ?? 0
  return useMemo(() => {
    const exact = width > 0 && height > 0
    const pixels = exact ? { width, height } : { width: PREVIEW_EDGE * ratio, height: PREVIEW_EDGE }
    return { box: fitInto(pixels, stage, exact), pixels }
  }, [width, height, ratio, stage])
}

/** Whether there is an original to be had: a link may hand out no more than previews. */
const hasMore = (photo: ShownPhoto | undefined): photo is ShownPhoto =>
  photo?.may.download === true && photo.saves !== 'preview'

/** A link may hand out a picture of the photo's own size in place of its file: one that browsers show, and that does not move. */
const isMade = (photo: ShownPhoto) => photo.saves === 'picture'

/** Whether the original shows more than the preview does: more pixels when zoomed in, or movement. */
function wantsOriginal(
  photo: ShownPhoto | undefined,
  scale: number,
  box: Size,
  pixels: Size,
  mayPlay: boolean,
): boolean {
  if (!hasMore(photo) || photo.state !== 'ready' || !(isMade(photo) || browserShows(photo.mime))) return false
  return (
    (mayPlay && !isMade(photo) && mayMove(photo.mime)) ||
    outgrows(scale, box, pixels, PREVIEW_EDGE, window.devicePixelRatio || 1)
  )
}
