import { useTranslation } from 'react-i18next'
import { Page } from '../../frame/page.tsx'
import { useMe } from '../../me.ts'
import { SessionList } from '../../people/session-list.tsx'
import { OwnPasswordForm } from '../own-password-form.tsx'
import { Looks } from './looks.tsx'
import styles from './preferences.module.css'

/** What an account sets for itself: theme and language, its password, its sessions. */
export function PreferencesPage() {
  const { t } = useTranslation()
  const { account } = useMe()
  return (
    <Page title={t('preferences.title')}>
      <section className={styles.section} aria-labelledby="looks">
        <h2 id="looks">{t('preferences.looks')}</h2>
        <Looks />
      </section>
      <section className={styles.section} aria-labelledby="password">
        <h2 id="password">{t('preferences.password')}</h2>
        <OwnPasswordForm />
      </section>
      <section className={styles.section} aria-labelledby="sessions">
        <h2 id="sessions">{t('sessions.title')}</h2>
        <p className={styles.text}>{t('sessions.text')}</p>
        <SessionList accountId={account.id} />
      </section>
    </Page>
  )
}
