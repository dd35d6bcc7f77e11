import { X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../components/button.tsx'
import { formatNumber } from '../../format.ts'
import { useTopBar } from '../../frame/top-bar.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import bar from '../selection/action-bar.module.css'
import type { Selecting } from '../selection/selecting.ts'
import { allowedOf } from '../selection/tally.ts'
import { type ChoosingFor, useChoosing } from './choosing-area.tsx'
import styles from './choosing-bar.module.css'

interface ChoosingBarProps {
  selecting: Selecting
  wanted: ChoosingFor
}

/** For what photos are chosen, how many are, and what puts them there: in place of the top bar until they are, or it is given up. */
export function ChoosingBar({ selecting, wanted }: ChoosingBarProps) {
  const { t } = useTranslation()
  const { selection } = selecting
  const topBar = useTopBar()
  useEffect(() => {
    selection.setChoosing(true)
    return () => selection.setChoosing(false)
  }, [selection])
  const count = useSyncExternalStore(selection.subscribe, selection.count)
  return (
    <>
      <p role="status" className="visually-hidden">
        {count > 0 ? t('selection.count', { count }) : t('choosing.for', { title: wanted.title })}
      </p>
      {topBar && createPortal(<Bar selecting={selecting} wanted={wanted} count={count} />, topBar)}
    </>
  )
}

function Bar({ selecting, wanted, count }: ChoosingBarProps & { count: number }) {
  const { t } = useTranslation()
  const { busy, start } = useBulk()
  const { end } = useChoosing()
  const reading = useSyncExternalStore(selecting.subscribe, selecting.reading)
  const ids = allowedOf(selecting.selection.chosen, wanted.action)
  const some = { count: ids.length, some: formatNumber(ids.length), total: formatNumber(count) }
  const put = () => {
    start(wanted.work(ids))
    end()
  }
  const chosen = ids.length < count ? t('choosing.notThese') : t('selection.count', { count })
  const said = reading ? t('selection.reading', { ...reading }) : count > 0 ? chosen : t('choosing.how')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={t('choosing.for', { title: wanted.title })}
      className={bar.bar}
      data-page-bar=""
    >
      <IconButton label={t('choosing.end')} onClick={end}>
        <X />
      </IconButton>
      <div className={styles.words} aria-hidden="true">
        <p className={styles.for}>{t('choosing.for', { title: wanted.title })}</p>
        <p className={styles.said}>{said}</p>
      </div>
      <div>
        <Button look="primary" small disabled={ids.length === 0 || reading !== null || busy} onClick={put}>
          {count === 0 || ids.length === count ? t('choosing.put', some) : t('choosing.putSome', some)}
        </Button>
      </div>
    </div>
  )
}
