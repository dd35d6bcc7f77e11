import {
  ArrowLeft,
  Download,
  Heart,
  Info,
  Maximize,
  Minimize,
  Play,
  Presentation,
  Share2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../components/button.tsx'
import { formatDay, formatShortDay, formatWallClock } from '../../format.ts'
import { MoreMenu } from './more-menu.tsx'
import type { Marks } from './use-marks.ts'
import type { ViewerActions } from './use-viewer-keys.ts'
import styles from './viewer.module.css'

interface TopBarProps {
  list: string
  takenAt: string | null
  /** “13 of 1,204” */
  position: string | null
  zoomed: boolean
  infoOpen: boolean
  favourite: boolean
  fullscreen: boolean
  marks: Marks
  /** what can be done, by button as by key */
  actions: ViewerActions
  onClose: () => void
  /** each null where it may not be done */
  onPlay: (() => void) | null
  onZoom: (() => void) | null
  onSlideshow: (() => void) | null
}

/** The controls over the picture. */
export function TopBar(props: TopBarProps) {
  const { t } = useTranslation()
  const { takenAt, position, zoomed, infoOpen, favourite, fullscreen, actions } = props
  return (
    <header className={styles.bar} data-chrome="">
      <IconButton label={t('viewer.close', { list: props.list })} onClick={props.onClose}>
        <ArrowLeft />
      </IconButton>
      <div className={styles.caption}>
        {takenAt && (
          <>
            <span className={styles.date}>{formatDay(takenAt)}</span>
            <span className={styles.shortDate}>{formatShortDay(takenAt)}</span>
            <span className={styles.time}>{formatWallClock(takenAt)}</span>
          </>
        )}
      </div>
      {position && <span className={styles.position}>{position}</span>}
      {actions.favourite && (
        <IconButton
          label={t('viewer.overlay.favourite')}
          className={styles.heart}
          aria-pressed={favourite}
          aria-keyshortcuts="F S"
          onClick={actions.favourite}
        >
          <Heart />
        </IconButton>
      )}
      {props.onPlay && (
        <IconButton label={t('viewer.play')} onClick={props.onPlay}>
          <Play />
        </IconButton>
      )}
      {props.onZoom && (
        <IconButton
          label={t(zoomed ? 'viewer.fit' : 'viewer.zoom')}
          className={styles.wideOnly}
          onClick={props.onZoom}
        >
          {zoomed ? <ZoomOut /> : <ZoomIn />}
        </IconButton>
      )}
      {props.onSlideshow && (
        <IconButton
          label={t('viewer.slideshow.start')}
          className={styles.wideOnly}
          aria-keyshortcuts="Space"
          onClick={props.onSlideshow}
        >
          <Presentation />
        </IconButton>
      )}
      {actions.fullscreen && (
        <IconButton
          label={t(fullscreen ? 'viewer.windowed' : 'viewer.fullscreen')}
          className={styles.wideOnly}
          aria-keyshortcuts="Shift+F"
          onClick={actions.fullscreen}
        >
          {fullscreen ? <Minimize /> : <Maximize />}
        </IconButton>
      )}
      {actions.share && (
        <IconButton
          label={t('sharing.action')}
          className={styles.wideOnly}
          aria-keyshortcuts="Shift+S"
          onClick={actions.share}
        >
          <Share2 />
        </IconButton>
      )}
      {actions.download && (
        <IconButton
          label={t('viewer.download')}
          className={styles.wideOnly}
          aria-keyshortcuts="Shift+D"
          onClick={actions.download}
        >
          <Download />
        </IconButton>
      )}
      {actions.info && (
        <IconButton
          label={t('viewer.info.title')}
          aria-pressed={infoOpen}
          aria-keyshortcuts="I"
          onClick={actions.info}
        >
          <Info />
        </IconButton>
      )}
      <MoreMenu marks={props.marks} actions={actions} onSlideshow={props.onSlideshow} />
    </header>
  )
}
