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
import { outgrows, useZoom } from './use-zoom.ts'
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
  const { root, shown, previous, next, name, position, photo, onShow, onEnd, onClose } = props
  const [infoOpen, setInfoOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const [failed, setFailed] = useState<number | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const stageSize = useSize(stage)
  const { box, pixels } = usePictureSize(shown, photo, stageSize)
  const chrome = useChrome(root, helpOpen)
  const fullscreen = useFullscreen()
  const still = useReducedMotion()
  const [playing, setPlaying] = useState<number | null>(null)
  usePrefetch([next, previous])

  const showPrevious = previous && (() => onShow(previous.id))
  const showNext = next && (() => onShow(next.id))
  const onSwipe = (swipe: Swipe) => {
    if (swipe === 'close') onClose()
    else if (swipe === 'next') showNext?.()
    else showPrevious?.()
  }
  const zoom = useZoom({ id: shown.id, stage, stageSize, box, pixels, onSwipe, onTap: chrome.toggle })
  const hasPicture = (shown.state === 'ready' || shown.state === 'pending') && failed !== shown.id
  const zoomed = zoom.scale > 1
  const plays = still && playing !== shown.id && photo?.may.download === true && mayMove(photo.mime)
  const toggleInfo = () => setInfoOpen((open) => !open)
  const help = () => setHelpOpen(true)
  const download = photo?.may.download ? () => save(photo) : null
  useViewerKeys(
    {
      next: showNext,
      previous: showPrevious,
      first: () => onEnd('first'),
      last: () => onEnd('last'),
      close: onClose,
      zoomIn: zoom.zoomIn,
      zoomOut: zoom.zoomOut,
      zoomReset: zoom.reset,
      zoomToggle: () => zoom.toggle(),
      info: toggleInfo,
      fullscreen: fullscreen.toggle,
      download,
      help,
    },
    !helpOpen,
  )

  return (
    <>
      <div ref={stage} className={styles.stage} data-zoomed={zoomed} data-chrome-hidden={!chrome.visible}>
        {hasPicture ? (
          <Picture
            key={`${shown.id} ${shown.version}`}
            id={shown.id}
            version={shown.version}
            thumbhash={shown.thumbhash}
            box={box}
            alt={name}
            original={wantsOriginal(photo, zoom.scale, box, pixels, !still || playing === shown.id)}
            pixels={pixels}
            layer={zoom.layer}
            onFailed={() => setFailed(shown.id)}
          />
        ) : (
          <NoPicture glimpse={shown} photo={photo} failed={failed === shown.id} />
        )}
        <TopBar
          takenAt={shown.takenAt}
          position={position}
          zoomed={zoomed}
          infoOpen={infoOpen}
          fullscreen={fullscreen.active}
          onClose={onClose}
          onHelp={help}
          onInfo={toggleInfo}
          onPlay={plays ? () => setPlaying(shown.id) : null}
          onZoom={hasPicture ? () => zoom.toggle() : null}
          onDownload={download}
          onFullscreen={fullscreen.toggle}
        />
        <LeafButtons onPrevious={showPrevious} onNext={showNext} />
      </div>
      {infoOpen && (
        <InfoPanel
          photo={photo}
          error={props.error}
          onRetry={props.onRetry}
          onClose={() => {
            toggleInfo()
            // the button that was pressed is gone
            root.current?.focus({ preventScroll: true })
          }}
        />
      )}
      <Shortcuts
        open={helpOpen}
        mayDownload={download !== null}
        viewer={root}
        onClose={() => setHelpOpen(false)}
      />
    </>
  )
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

/** Saves the original under its own name. */
function save({ id, version, fileName }: Photo): void {
  const link = document.createElement('a')
  link.href = mediaUrl('original', id, version)
  link.download = fileName
  link.click()
}
