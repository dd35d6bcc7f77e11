import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import { Dialog } from '../components/dialog.tsx'
import { SessionList } from './session-list.tsx'

interface SessionsDialogProps {
  account: Account
  onClose: () => void
}

/** Where somebody is logged in. */
export function SessionsDialog({ account, onClose }: SessionsDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('sessions.titleOf', { name: account.name || account.username })}
      description={t('sessions.text')}
    >
      <SessionList accountId={account.id} />
    </Dialog>
  )
}
