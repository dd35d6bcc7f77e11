import { useTranslation } from 'react-i18next'
import { Page } from '../../frame/page.tsx'
import { useMe } from '../../me.ts'
import { Looks } from './looks.tsx'
import styles from './preferences.module.css'
import { PreferencesParts } from './preferences-parts.tsx'
import { TakeAlong } from './take-along/take-along.tsx'

/** What Mantel looks like for an account, and what it takes along; its password and the like are on a page of their own. */
export function PreferencesPage() {
  const { t } = useTranslation()
  const { may } = useMe()
  return (
    <Page title={t('preferences.title')}>
      <PreferencesParts />
      <section className={styles.section} aria-labelledby="looks">
        <h2 id="looks">{t('preferences.looks')}</h2>
        <Looks />
      </section>
      {may.viewLibrary && (
        <section className={styles.section} aria-labelledby="take-along">
          <h2 id="take-along">{t('takeAlong.title')}</h2>
          <TakeAlong />
        </section>
      )}
    </Page>
  )
}
