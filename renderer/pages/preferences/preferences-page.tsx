import { useTranslation } from 'react-i18next'
import { Page } from '../../frame/page.tsx'
import { Looks } from './looks.tsx'
import styles from './preferences.module.css'
import { PreferencesParts } from './preferences-parts.tsx'

/** What Mantel looks like for an account; its password and the like are on a page of their own. */
export function PreferencesPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('preferences.title')}>
      <PreferencesParts />
      <section className={styles.section} aria-labelledby="looks">
        <h2 id="looks">{t('preferences.looks')}</h2>
        <Looks />
      </section>
    </Page>
  )
}
