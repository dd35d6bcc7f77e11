import { type RefObject, useRef, useState } from 'react'
import { ShareDialog } from '../../shares/sharing/share-dialog.tsx'
import { CorrectDialog } from '../corrections/correct-dialog.tsx'
import { saveOriginal } from '../download/save.ts'
import { HideDialog } from '../hiding/hide-dialog.tsx'
import type { ShownPhoto } from '../photo-query.ts'
import { InfoPanel } from './info-panel.tsx'
import { usePrepared } from './prepared.ts'
import { ViewerShortcuts } from './shortcuts.tsx'
import { SlideshowBar } from './slideshow-bar.tsx'
import { LeafButtons, NoPicture } from './stage.tsx'
import { TopBar } from './top-bar.tsx'
import { useChanges } from './use-changes.ts'
import { useChrome } from './use-chrome.ts'
import { useUncorrect } from './use-corrections.ts'
import { useFullscreen } from './use-fullscreen.ts'
import { useLeaving } from './use-leaving.ts'
import { useMarks } from './use-marks.ts'
import type { Glimpse } from './use-neighbours.ts'
import { type Overlay, ratingKeys, useOverlay } from './use-overlay.ts'
import { type Panel, usePanel } from './use-panel.ts'
import { usePicture } from './use-picture.tsx'
import { useShow } from './use-show.ts'
import { useViewerKeys, type ViewerActions } from './use-viewer-keys.ts'
import { useWithdraw } from './use-withdraw.ts'
import type { Zoom } from './use-zoom.ts'
import styles from './viewer.module.css'
import type { Swipe } from './zoom.ts'

export interface DarkRoomProps {
  root: RefObject<HTMLElement | null>
  /** what the list is called that it lies over */
  list: string
  shown: Glimpse
  previous: Glimpse | null
  next: Glimpse | null
  /** whether it is among those that are leafed through */
  listed: boolean
  /** no photo comes after it */
  isLast: boolean
  /** day and time, the picture's name for screen readers */
  name: string
  /** “13 of 1,204” */
  position: string | null
  photo: ShownPhoto | undefined
  error: unknown
  onRetry: () => void
  onShow: (photoId: number) => void
  onEnd: (end: 'first' | 'last') => void
  onClose: () => void
}

/** The picture with its controls and the panel beside it. */
export function DarkRoom(props: DarkRoomProps) {
  const { root, shown, previous, next, photo, onShow, onClose } = props
  const [helpOpen, setHelpOpen] = useState(false)
  const [correcting, setCorrecting] = useState<'date' | 'place' | null>(null)
  const [sharing, setSharing] = useState(false)
  const stage = useRef<HTMLDivElement>(null)
  const fullscreen = useFullscreen()
  const changes = useChanges()
  const leaving = useLeaving(props)
  const marks = useMarks({ ...props, changes, leaving })
  const withdraw = useWithdraw(photo, changes, leaving)
  const overlay = useOverlay({ ...props, changes })
  const panel = usePanel()
  const uncorrect = useUncorrect(photo, changes)
  const held = helpOpen || marks.asking || correcting !== null || sharing
  const chrome = useChrome(root, held)
  usePrepared([shown, next, previous])
  const show = useShow(
    { ...props, held, onNext: ({ id }) => onShow(id), onEnd: () => props.onEnd('first') },
    fullscreen,
  )
  const isShow = show.state !== 'off'

  const leaf = { previous: previous && (() => onShow(previous.id)), next: next && (() => onShow(next.id)) }
  const onSwipe = (swipe: Swipe) => (swipe === 'close' ? onClose() : leaf[swipe]?.())
  const fades = show.state === 'playing'
  const { zoom, picture, play } = usePicture({ ...props, stage, fades, onSwipe, onTap: chrome.toggle })
  const startShow = () => {
    panel.close()
    show.start()
  }
  // the month tells it before the photo itself is asked about, so that buttons do not come late
  const may = photo?.may ?? shown.may
  const actions: ViewerActions = {
    ...leaf,
    ...zoomKeys(zoom),
    first: () => props.onEnd('first'),
    last: () => props.onEnd('last'),
    close: isShow ? show.stop : onClose,
    slideshow: isShow ? show.toggle : startShow,
    fullscreen: fullscreen.toggle,
    info: panel.toggle,
    favourite: overlay.toggleFavourite,
    ...ratingKeys(overlay.rate),
    caption: overlay.setCaption && (() => panel.openAt('caption')),
    tag: overlay.addTag && (() => panel.openAt('tag')),
    album: overlay.addToAlbum && (() => panel.openAt('album')),
    archive: marks.toggleArchived,
    private: marks.togglePrivate,
    download: may?.download ? () => saveOriginal(shown.id, shown.share) : null,
    share: may?.share ? () => setSharing(true) : null,
    undo: changes.undo,
    help: () => setHelpOpen(true),
  }
  useViewerKeys(actions, !held)

  return (
    <>
      <div
        ref={stage}
        className={styles.stage}
        data-zoomed={zoom.scale > 1}
        data-chrome-hidden={!chrome.visible}
      >
        {picture ?? <NoPicture glimpse={shown} photo={photo} />}
        <TopBar
          list={props.list}
          takenAt={shown.takenAt}
          position={props.position}
          zoomed={zoom.scale > 1}
          infoOpen={panel.isOpen}
          favourite={photo?.favourite ?? false}
          fullscreen={fullscreen.active}
          marks={marks}
          actions={actions}
          onClose={onClose}
          onPlay={play}
          onZoom={picture && (() => zoom.toggle())}
          onSlideshow={isShow ? null : startShow}
        />
        <LeafButtons onPrevious={leaf.previous} onNext={leaf.next} />
        {isShow && <SlideshowBar show={show} />}
      </div>
      {panel.isOpen && (
        <Info
          {...props}
          overlay={overlay}
          panel={panel}
          onCorrect={photo?.may.edit ? setCorrecting : null}
          onUncorrect={uncorrect}
          onWithdraw={withdraw}
        />
      )}
      <ViewerShortcuts open={helpOpen} actions={actions} viewer={root} onClose={() => setHelpOpen(false)} />
      {marks.asking && (
        <HideDialog
          what="private"
          ids={[shown.id]}
          returnFocus={root}
          onConfirm={marks.confirm}
          onClose={marks.cancel}
        />
      )}
      {sharing && (
        <ShareDialog
          of={{ photoIds: [shown.id] }}
          count={1}
          returnFocus={root}
          onClose={() => setSharing(false)}
        />
      )}
      {correcting && (
        <CorrectDialog ids={[shown.id]} about={correcting} onClose={() => setCorrecting(null)} />
      )}
    </>
  )
}

interface InfoProps extends DarkRoomProps {
  overlay: Overlay
  panel: Panel
  onCorrect: ((what: 'date' | 'place') => void) | null
  onUncorrect: (() => void) | null
  onWithdraw: (() => void) | null
}

function Info({ photo, error, onRetry, root, overlay, panel, onWithdraw, ...corrects }: InfoProps) {
  // for when the button that was pressed goes
  const refocus = () => root.current?.focus({ preventScroll: true })
  const close = () => {
    panel.close()
    refocus()
  }
  const withdraw = () => {
    refocus()
    onWithdraw?.()
  }
  return (
    <InfoPanel
      photo={photo}
      overlay={overlay}
      wanted={panel.wanted}
      onCorrect={corrects.onCorrect}
      onUncorrect={corrects.onUncorrect}
      onWithdraw={onWithdraw && withdraw}
      error={error}
      onRetry={onRetry}
      onClose={close}
    />
  )
}

const zoomKeys = ({ zoomIn, zoomOut, toggle }: Zoom) => ({ zoomIn, zoomOut, zoomToggle: () => toggle() })
