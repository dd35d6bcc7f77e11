import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../electron/contract/accounts.ts'
import { Button } from '../../components/button.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { DeletePersonDialog } from '../../people/delete-person-dialog.tsx'
import { AddPersonDialog, EditPersonDialog } from '../../people/person-dialogs.tsx'
import { ResetPasswordDialog } from '../../people/reset-password-dialog.tsx'
import { SessionsDialog } from '../../people/sessions-dialog.tsx'
import { useApi } from '../../queries.ts'
import styles from './people-section.module.css'
import { type PersonAction, PersonRow } from './person-row.tsx'
import { Section } from './section.tsx'

/** The user panel: everybody of the household, and what the reader may do with each. */
export function PeopleSection() {
  const { t } = useTranslation()
  const people = useApi('accounts.list', {})
  const [adding, setAdding] = useState(false)
  const [doing, setDoing] = useState<{ action: PersonAction; id: number } | null>(null)
  const account = people.data?.accounts.find(({ id }) => id === doing?.id)
  return (
    <Section
      id="people"
      title={t('admin.section.people')}
      actions={
        <Button look="primary" icon={<UserPlus />} onClick={() => setAdding(true)}>
          {t('person.addTitle')}
        </Button>
      }
    >
      {people.error && !people.data ? (
        <ErrorState error={people.error} onRetry={() => void people.refetch()} />
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {(['name', 'username', 'role', 'folders', 'logIn', 'photos', 'lastSeen'] as const).map(
                  (column) => (
                    <th key={column} scope="col" className={column === 'photos' ? styles.number : undefined}>
                      {t(`people.column.${column}`)}
                    </th>
                  ),
                )}
                <th>
                  <span className="visually-hidden">{t('people.column.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.data ? (
                people.data.accounts.map((row) => (
                  <PersonRow
                    key={row.id}
                    account={row}
                    onAction={(action) => setDoing({ action, id: row.id })}
                  />
                ))
              ) : (
                <LoadingRow />
              )}
            </tbody>
          </table>
        </div>
      )}
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
      {doing && account && (
        <PersonDialog action={doing.action} account={account} onClose={() => setDoing(null)} />
      )}
    </Section>
  )
}

interface PersonDialogProps {
  action: PersonAction
  account: Account
  onClose: () => void
}

function PersonDialog({ action, ...rest }: PersonDialogProps) {
  switch (action) {
    case 'edit':
      return <EditPersonDialog {...rest} />
    case 'resetPassword':
      return <ResetPasswordDialog {...rest} />
    case 'sessions':
      return <SessionsDialog {...rest} />
    case 'delete':
      return <DeletePersonDialog {...rest} />
  }
}

const LoadingRow = () => (
  <tr className={styles.row}>
    <td className={styles.nameCell}>
      <Skeleton width={160} height={32} />
    </td>
    <td colSpan={7}>
      <Skeleton height={20} />
    </td>
  </tr>
)
