import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import { Dialog } from '../components/dialog.tsx'
import { useApi } from '../queries.ts'
import { AppPasswordList } from './app-password-list.tsx'
import styles from './person-dialogs.module.css'
import { SessionList } from './session-list.tsx'

interface SessionsDialogProps {
  account: Account
  onClose: () => void
}

/** Where somebody is logged in, and which programs of theirs have a password of their own. */
export function SessionsDialog({ account, onClose }: SessionsDialogProps) {
  const { t } = useTranslation()
  const { data } = useApi('appPasswords.list', { accountId: account.id })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('sessions.titleOf', { name: account.name || account.username })}
      description={t('sessions.text')}
    >
      <SessionList accountId={account.id} />
      {data && data.appPasswords.length > 0 && (
        <section className={styles.appPasswords} aria-labelledby="app-passwords-of">
          <h3 id="app-passwords-of">{t('appPasswords.title')}</h3>
          <AppPasswordList accountId={account.id} />
        </section>
      )}
    </Dialog>
  )
}
