import { Pause, Play, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { SLIDESHOW_SECONDS } from '../../../electron/contract/values.ts'
import { IconButton } from '../../components/button.tsx'
import { Select } from '../../components/select.tsx'
import type { Show } from './use-show.ts'
import styles from './viewer.module.css'

/** Holds the show, ends it, and says how long each photo stays. */
export function SlideshowBar({ show }: { show: Show }) {
  const { t } = useTranslation()
  const paused = show.state === 'paused'
  return (
    <fieldset className={styles.show} data-chrome="" aria-label={t('viewer.slideshow.title')}>
      <IconButton
        label={t(paused ? 'viewer.slideshow.goOn' : 'viewer.slideshow.pause')}
        aria-keyshortcuts="Space"
        onClick={show.toggle}
      >
        {paused ? <Play /> : <Pause />}
      </IconButton>
      <Select
        small
        label={t('viewer.slideshow.seconds')}
        value={show.seconds}
        options={SLIDESHOW_SECONDS.map((value) => ({
          value,
          label: t('viewer.slideshow.each', { count: Number(value) }),
        }))}
        onChange={show.setSeconds}
      />
      <IconButton label={t('viewer.slideshow.end')} aria-keyshortcuts="Escape" onClick={show.stop}>
        <X />
      </IconButton>
    </fieldset>
  )
}
