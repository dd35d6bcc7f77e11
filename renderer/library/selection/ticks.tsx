import { Check, Minus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Stretch } from './selection.ts'
import { useShare } from './selection-context.ts'
import styles from './ticks.module.css'

interface TickProps {
  /** the photo's name for screen readers */
  name: string
  checked: boolean
}

/** The tick at a tile's top left. Clicks are handled by the grid; keys tick the tile itself. */
export function Tick({ name, checked }: TickProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input would tick itself before the grid does
    <button
      type="button"
      role="checkbox"
      aria-checked={checked}
      aria-label={t('selection.tick', { name })}
      tabIndex={-1}
      className={styles.tick}
      data-tick=""
    >
      <span className={styles.circle}>
        <Check />
      </span>
    </button>
  )
}

interface DayTickProps {
  /** its place among the month's days */
  day: number
  stretch: Stretch
  /** the day in words */
  name: string
}

/** The tick in a day's heading, for all its photos. */
export function DayTick({ day, stretch, name }: DayTickProps) {
  const { t } = useTranslation()
  const found = useShare(stretch)
  if (!found) return null
  const { share, selecting } = found
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input would tick itself before the grid does
    <button
      type="button"
      role="checkbox"
      aria-checked={share === 'some' ? 'mixed' : share === 'all'}
      aria-label={t('selection.tickDay', { name })}
      tabIndex={-1}
      className={styles.dayTick}
      data-selecting={selecting || undefined}
      data-tick-day={day}
      data-month={stretch.data.month}
    >
      <span className={styles.circle}>{share === 'some' ? <Minus /> : <Check />}</span>
    </button>
  )
}
