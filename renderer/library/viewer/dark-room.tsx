import { type RefObject, useMemo, useRef, useState } from 'react'
import type { Photo } from '../../../electron/contract/photos.ts'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { browserShows, mayMove } from './details.ts'
import { InfoPanel } from './info-panel.tsx'
import { Picture } from './picture.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { LeafButtons, NoPicture, usePrefetch, useSize } from './stage.tsx'
import { TopBar } from './top-bar.tsx'
import { useChrome } from './use-chrome.ts'
import { useFullscreen } from './use-fullscreen.ts'
import type { Glimpse } from './use-neighbours.ts'
import { useReducedMotion } from './use-reduced-motion.ts'
import { useViewerKeys } from './use-viewer-keys.ts'
import { outgrows, useZoom, type Zoom } from './use-zoom.ts'
import styles from './viewer.module.css'
import { fitInto, type Size, type Swipe } from './zoom.ts'

/** Longer edge of the server's previews, in pixels. */
const PREVIEW_EDGE = 2048

interface DarkRoomProps {
  root: RefObject<HTMLElement | null>
  shown: Glimpse
  previous: Glimpse | null
  next: Glimpse | null
  /** day and time, the picture's name for screen readers */
  name: string
  /** “13 of 1,204” */
  position: string | null
  photo: Photo | undefined
  error: unknown
  onRetry: () => void
  onShow: (photoId: number) => void
  onEnd: (end: 'first' | 'last') => void
  onClose: () => void
}

/** The picture with its controls and the panel beside it. */
export function DarkRoom(props: DarkRoomProps) {
  const { root, shown, previous, next, position, photo, onShow, onClose } = props
  const [infoOpen, setInfoOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const stage = useRef<HTMLDivElement>(null)
  const chrome = useChrome(root, helpOpen)
  const fullscreen = useFullscreen()
  usePrefetch([next, previous])

  const leaf = { previous: previous && (() => onShow(previous.id)), next: next && (() => onShow(next.id)) }
  const onSwipe = (swipe: Swipe) => (swipe === 'close' ? onClose() : leaf[swipe]?.())
  const { zoom, picture, play } = usePicture({ ...props, stage, onSwipe, onTap: chrome.toggle })
  const zoomed = zoom.scale > 1
  const toggleInfo = () => setInfoOpen((open) => !open)
  // the month tells it before the photo itself is asked about, so that buttons do not come late
  const may = photo?.may ?? shown.may
  const download = may?.download ? () => save(shown, photo?.fileName) : null
  useViewerKeys(
    {
      ...leaf,
      first: () => props.onEnd('first'),
      last: () => props.onEnd('last'),
      close: onClose,
      ...zoomKeys(zoom),
      info: toggleInfo,
      fullscreen: fullscreen.toggle,
      download,
      help: () => setHelpOpen(true),
    },
    !helpOpen,
  )

  return (
    <>
      <div ref={stage} className={styles.stage} data-zoomed={zoomed} data-chrome-hidden={!chrome.visible}>
        {picture ?? <NoPicture glimpse={shown} photo={photo} />}
        <TopBar
          takenAt={shown.takenAt}
          position={position}
          zoomed={zoomed}
          infoOpen={infoOpen}
          fullscreen={fullscreen.active}
          onClose={onClose}
          onHelp={() => setHelpOpen(true)}
          onInfo={toggleInfo}
          onPlay={play}
          onZoom={picture && (() => zoom.toggle())}
          onDownload={download}
          onFullscreen={fullscreen.toggle}
        />
        <LeafButtons onPrevious={leaf.previous} onNext={leaf.next} />
      </div>
      {infoOpen && <Info {...props} onClose={toggleInfo} />}
      <Shortcuts
        open={helpOpen}
        mayDownload={download !== null}
        viewer={root}
        onClose={() => setHelpOpen(false)}
      />
    </>
  )
}

function Info({ photo, error, onRetry, root, onClose }: DarkRoomProps) {
  const close = () => {
    onClose()
    // the button that was pressed is gone
    root.current?.focus({ preventScroll: true })
  }
  return <InfoPanel photo={photo} error={error} onRetry={onRetry} onClose={close} />
}

const zoomKeys = ({ zoomIn, zoomOut, reset, toggle }: Zoom) => ({
  zoomIn,
  zoomOut,
  zoomReset: reset,
  zoomToggle: () => toggle(),
})

interface PictureOptions extends Pick<DarkRoomProps, 'shown' | 'photo' | 'name'> {
  stage: RefObject<HTMLElement | null>
  onSwipe: (swipe: Swipe) => void
  onTap: () => void
}

/** The picture on the stage, null where there is none; and what starts one that moves, where it should not by itself. */
function usePicture({ shown, photo, name, stage, onSwipe, onTap }: PictureOptions) {
  const stageSize = useSize(stage)
  const { box, pixels } = usePictureSize(shown, photo, stageSize)
  const zoom = useZoom({ id: shown.id, stage, stageSize, box, pixels, onSwipe, onTap })
  const still = useReducedMotion()
  const which = `${shown.id} ${shown.version}`
  const [failed, setFailed] = useState<string | null>(null)
  const [playing, setPlaying] = useState<string | null>(null)

  const mayPlay = !still || playing === which
  const moves = photo?.may.download === true && photo.state === 'ready' && mayMove(photo.mime)
  const shows = (shown.state === 'ready' || shown.state === 'pending') && failed !== which
  const picture = shows ? (
    <Picture
      key={which}
      id={shown.id}
      version={shown.version}
      thumbhash={shown.thumbhash}
      box={box}
      alt={name}
      original={wantsOriginal(photo, zoom.scale, box, pixels, mayPlay)}
      pixels={pixels}
      layer={zoom.layer}
      onFailed={() => setFailed(which)}
    />
  ) : null
  return { zoom, picture, play: moves && !mayPlay ? () => setPlaying(which) : null }
}

/** The picture's own size, or its shape until that is known, and the size at which it fits the stage. */
function usePictureSize({ ratio }: Glimpse, photo: Photo | undefined, stage: Size) {
  const width = photo?.width ?? 0
  const height = photo?.height ?? 0
  return useMemo(() => {
    const exact = width > 0 && height > 0
    const pixels = exact ? { width, height } : { width: PREVIEW_EDGE * ratio, height: PREVIEW_EDGE }
    return { box: fitInto(pixels, stage, exact), pixels }
  }, [width, height, ratio, stage])
}

/** Whether the original shows more than the preview does: more pixels when zoomed in, or movement. */
function wantsOriginal(
  photo: Photo | undefined,
  scale: number,
  box: Size,
  pixels: Size,
  mayPlay: boolean,
): boolean {
  if (!photo?.may.download || photo.state !== 'ready' || !browserShows(photo.mime)) return false
  return (
    (mayPlay && mayMove(photo.mime)) ||
    outgrows(scale, box, pixels, PREVIEW_EDGE, window.devicePixelRatio || 1)
  )
}

/** Saves the original under its own name, which the server tells too. */
function save({ id, version }: Glimpse, fileName = ''): void {
  const link = document.createElement('a')
  link.href = mediaUrl('original', id, version)
  link.download = fileName
  link.click()
}
