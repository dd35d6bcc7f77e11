import { X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Button, IconButton } from '../../components/button.tsx'
import { formatNumber } from '../../format.ts'
import { LayerSwitch } from '../../frame/layer-switch.tsx'
import { hasLayers, partAt } from '../../frame/parts.ts'
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
export function ChoosingBar(props: ChoosingBarProps) {
  const { selection } = props.selecting
  const topBar = useTopBar()
  useEffect(() => {
    selection.setChoosing(true)
    return () => selection.setChoosing(false)
  }, [selection])
  const said = useSaid(props)
  return (
    <>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {topBar && createPortal(<Bar {...props} said={said} />, topBar)}
    </>
  )
}

/** How far choosing is, in words. */
function useSaid({ selecting, wanted }: ChoosingBarProps): string {
  const { t } = useTranslation()
  const { count, ids } = useChosen(selecting, wanted)
  const reading = useSyncExternalStore(selecting.subscribe, selecting.reading)
  if (reading) return t('selection.reading', { ...reading })
  if (count === 0) return t('choosing.how')
  const chosen = t('selection.count', { count })
  if (ids().length === count) return chosen
  return `${chosen} · ${t(wanted.action === 'share' ? 'choosing.notShared' : 'choosing.notThese')}`
}

/** The selected photos, those of them that may be put there as they are when it is asked. */
function useChosen({ selection }: Selecting, { action }: ChoosingFor) {
  // others may be selected, though they are as many
  useSyncExternalStore(selection.subscribe, selection.version)
  return { count: selection.count(), ids: () => allowedOf(selection.chosen, action) }
}

function Bar({ selecting, wanted, said }: ChoosingBarProps & { said: string }) {
  const { t } = useTranslation()
  const { busy, start } = useBulk()
  const { end } = useChoosing()
  const [location] = useLocation()
  const reading = useSyncExternalStore(selecting.subscribe, selecting.reading)
  const { count, ids } = useChosen(selecting, wanted)
  const allowed = ids().length
  const some = { count: allowed, some: formatNumber(allowed), total: formatNumber(count) }
  const put = () => {
    start(wanted.work(ids()))
    end()
  }
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
      <div className={styles.ways}>
        {hasLayers(partAt(location)) && <LayerSwitch />}
        <Button look="primary" small disabled={allowed === 0 || reading !== null || busy} onClick={put}>
          {allowed === count ? t('choosing.put', some) : t('choosing.putSome', some)}
        </Button>
      </div>
    </div>
  )
}
