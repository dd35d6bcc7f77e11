import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import styles from './list-head.module.css'

/** A page above this one. */
interface Crumb {
  href: string
  label: string
}

interface ListHeadProps {
  title: string
  /** from the outermost to the one right above */
  trail?: readonly Crumb[]
  /** how many photos; null while that is not known */
  count: number | null
  /** said beside the number of photos: where it comes late, nothing moves */
  aside?: ReactNode
  /** said below the title */
  note?: ReactNode
  actions?: ReactNode
}

/** What stands above a list of photos: where it is, its name, how many there are, what can be done with it. */
export function ListHead({ title, trail = [], count, aside, note, actions }: ListHeadProps) {
  const { t } = useTranslation()
  return (
    <header className={styles.head}>
      <div className={styles.names}>
        {trail.length > 0 && (
          <nav className={styles.trail} aria-label={t('views.trail')}>
            {trail.map(({ href, label }) => (
              <span key={href} className={styles.crumb}>
                <Link href={href}>{label}</Link>
                <ChevronRight aria-hidden="true" />
              </span>
            ))}
          </nav>
        )}
        <div className={styles.line}>
          <h1 className={styles.title}>{title}</h1>
          <span className={styles.count} aria-live="polite">
            {count !== null && t('common.photos', { count })}
          </span>
          {aside && <span className={styles.aside}>{aside}</span>}
        </div>
        {note && <div className={styles.note}>{note}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  )
}
