import { useTranslation } from 'react-i18next'
import { Page } from '../../../frame/page.tsx'
import { useMe } from '../../../me.ts'
import { SessionList } from '../../../people/session-list.tsx'
import { OwnPasswordForm } from '../../own-password-form.tsx'
import styles from '../preferences.module.css'
import { PreferencesParts } from '../preferences-parts.tsx'
import { AppPasswords } from './app-passwords.tsx'
import { OwnLog } from './own-log.tsx'
import { SecondFactor } from './second-factor.tsx'

/** How an account gets in: its password, second factor, app passwords and sessions. */
export function SecurityPage() {
  const { t } = useTranslation()
  const { account } = useMe()
  return (
    <Page title={t('preferences.title')}>
      <PreferencesParts />
      <section className={styles.section} aria-labelledby="password">
        <h2 id="password">{t('preferences.password')}</h2>
        <OwnPasswordForm />
      </section>
      <section className={styles.section} aria-labelledby="second-factor">
        <h2 id="second-factor">{t('factor.title')}</h2>
        <p className={styles.text}>{t('factor.text')}</p>
        <SecondFactor />
      </section>
      <AppPasswords />
      <section className={styles.section} aria-labelledby="sessions">
        <h2 id="sessions">{t('sessions.title')}</h2>
        <p className={styles.text}>{t('sessions.text')}</p>
        <SessionList accountId={account.id} />
      </section>
      <section className={styles.section} aria-labelledby="own-log">
        <h2 id="own-log">{t('ownLog.title')}</h2>
        <p className={styles.text}>{t('ownLog.text')}</p>
        <OwnLog />
      </section>
    </Page>
  )
}
