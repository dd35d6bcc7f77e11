import { X } from 'lucide-react'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
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
import type { Reading, Selecting } from '../selection/selecting.ts'
import { allowedOf, tallyOf } from '../selection/tally.ts'
import { type ChoosingFor, useChoosing } from './choosing-area.tsx'
import styles from './choosing-bar.module.css'

interface ChoosingBarProps {
  selecting: Selecting
  wanted: ChoosingFor
}

/** For what photos are chosen, how many are, and what puts them there: in place of the top bar until they are, or it is given up. */
export function ChoosingBar({ selecting, wanted }: ChoosingBarProps) {
  const { selection } = selecting
  const topBar = useTopBar()
  useEffect(() => {
    selection.setChoosing(true)
    return () => selection.setChoosing(false)
  }, [selection])
  const chosen = useChosen(selecting, wanted)
  const said = useWords(chosen, wanted)
  return (
    <>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {topBar && createPortal(<Bar chosen={chosen} wanted={wanted} said={said} />, topBar)}
    </>
  )
}

interface Chosen {
  /** selected photos */
  count: number
  /** those of them that may be put there */
  allowed: number
  /** the same by their ids, as they are when it is asked */
  ids: () => number[]
  reading: Reading | null
}

function useChosen({ selection, subscribe, reading }: Selecting, { action }: ChoosingFor): Chosen {
  // others may be selected, though they are as many
  const version = useSyncExternalStore(selection.subscribe, selection.version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is the same object with other photos
  const tally = useMemo(() => tallyOf(selection.chosen.values()), [selection, version])
  return {
    count: selection.count(),
    allowed: tally.get(action) ?? 0,
    ids: () => allowedOf(selection.chosen, action),
    reading: useSyncExternalStore(subscribe, reading),
  }
}

/** How far choosing is. */
function useWords({ count, allowed, reading }: Chosen, { action }: ChoosingFor): string {
  const { t } = useTranslation()
  if (reading) return t('selection.reading', { ...reading })
  if (count === 0) return t('choosing.how')
  const selected = t('selection.count', { count })
  if (allowed === count) return selected
  return `${selected} · ${t(action === 'share' ? 'choosing.notShared' : 'choosing.notThese')}`
}

interface BarProps {
  chosen: Chosen
  wanted: ChoosingFor
  said: string
}

function Bar({ chosen: { count, allowed, ids, reading }, wanted, said }: BarProps) {
  const { t } = useTranslation()
  const { busy, start } = useBulk()
  const { end } = useChoosing()
  const [location] = useLocation()
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
