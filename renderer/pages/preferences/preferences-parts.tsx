import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import styles from './preferences-parts.module.css'

const PARTS = [
  { href: '/preferences', name: 'looks' },
  { href: '/preferences/security', name: 'security' },
] as const

/** The pages of the preferences, with the one that is open marked. */
export function PreferencesParts() {
  const { t } = useTranslation()
  const [location] = useLocation()
  return (
    <nav className={styles.parts} aria-label={t('preferences.parts')}>
      {PARTS.map(({ href, name }) => (
        <Link
          key={href}
          href={href}
          className={styles.part}
          aria-current={location === href ? 'page' : undefined}
        >
          {t(`preferences.${name}`)}
        </Link>
      ))}
    </nav>
  )
}
