import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { useSessionEnd } from '../../frame/account-menu.tsx'
import { CalmPage } from '../calm-page.tsx'
import { OwnPasswordForm } from '../own-password-form.tsx'
import styles from './login.module.css'

/** Insists on a new password before anything else, because an admin asked for it. */
export function MustChangePasswordPage() {
  const { t } = useTranslation()
  const logOut = useSessionEnd('session.logout')
  return (
    <CalmPage>
      <h1 className={styles.title}>{t('ownPassword.mustTitle')}</h1>
      <p className={styles.explain}>{t('ownPassword.mustText')}</p>
      <OwnPasswordForm autoFocus />
      <Button look="quiet" className={styles.leave} onClick={logOut}>
        {t('frame.logout')}
      </Button>
    </CalmPage>
  )
}
