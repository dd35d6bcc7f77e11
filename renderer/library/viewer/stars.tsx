import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './overlay.module.css'

interface StarsProps {
  /** 0 to 5 */
  rating: number
  onRate: (stars: number) => void
}

/** Five stars to press; the one in force takes them all away. */
export function Stars({ rating, onRate }: StarsProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={styles.stars} aria-label={t('viewer.overlay.rating')}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          className={styles.star}
          aria-label={t('viewer.overlay.stars', { count: stars })}
          aria-pressed={rating === stars}
          aria-keyshortcuts={String(stars)}
          data-lit={stars <= rating}
          onClick={() => onRate(stars === rating ? 0 : stars)}
        >
          <Star />
        </button>
      ))}
    </fieldset>
  )
}
