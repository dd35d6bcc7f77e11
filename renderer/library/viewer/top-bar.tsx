import { ArrowLeft, Download, Info, Keyboard, Maximize, Minimize, Play, ZoomIn, ZoomOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../components/button.tsx'
import { formatDay, formatShortDay, formatWallClock } from '../../format.ts'
import styles from './viewer.module.css'

interface TopBarProps {
  takenAt: string | null
  /** “13 of 1,204” */
  position: string | null
  zoomed: boolean
  infoOpen: boolean
  fullscreen: boolean
  onClose: () => void
  onHelp: () => void
  onInfo: () => void
  /** each null where it may not be done */
  onPlay: (() => void) | null
  onZoom: (() => void) | null
  onDownload: (() => void) | null
  onFullscreen: (() => void) | null
}

/** The controls over the picture. */
export function TopBar(props: TopBarProps) {
  const { t } = useTranslation()
  const { takenAt, position, zoomed, infoOpen, fullscreen } = props
  return (
    <header className={styles.bar} data-chrome="">
      <IconButton label={t('viewer.close')} onClick={props.onClose}>
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
      {props.onFullscreen && (
        <IconButton
          label={t(fullscreen ? 'viewer.windowed' : 'viewer.fullscreen')}
          className={styles.wideOnly}
          onClick={props.onFullscreen}
        >
          {fullscreen ? <Minimize /> : <Maximize />}
        </IconButton>
      )}
      <IconButton label={t('viewer.shortcuts.title')} className={styles.wideOnly} onClick={props.onHelp}>
        <Keyboard />
      </IconButton>
      {props.onDownload && (
        <IconButton label={t('viewer.download')} onClick={props.onDownload}>
          <Download />
        </IconButton>
      )}
      <IconButton label={t('viewer.info.title')} aria-pressed={infoOpen} onClick={props.onInfo}>
        <Info />
      </IconButton>
    </header>
  )
}
