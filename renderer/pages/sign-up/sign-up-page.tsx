import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { CalmPage } from '../calm-page.tsx'
import styles from './sign-up.module.css'
import { SignUpForm } from './sign-up-form.tsx'

/** Where people make an account for themselves, while the household lets them. */
export function SignUpPage({ open }: { open: boolean }) {
  const { t } = useTranslation()
  return (
    <CalmPage>
      <h1 className={styles.title}>{t('signUp.title')}</h1>
      <p className={styles.text}>{t(open ? 'signUp.text' : 'reason.registration_closed')}</p>
      {open && <SignUpForm />}
      <p className={styles.other}>
        {open && t('signUp.have')} <Link href="/">{t('signUp.toLogin')}</Link>
      </p>
    </CalmPage>
  )
}
