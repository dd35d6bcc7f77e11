import { UserPlus } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../electron/contract/accounts.ts'
import { Button } from '../../components/button.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useMe } from '../../me.ts'
import { ClearFactorDialog } from '../../people/clear-factor-dialog.tsx'
import { DeletePersonDialog } from '../../people/delete-person-dialog.tsx'
import { AddPersonDialog, EditPersonDialog } from '../../people/person-dialogs.tsx'
import { ResetPasswordDialog } from '../../people/reset-password-dialog.tsx'
import { SessionsDialog } from '../../people/sessions-dialog.tsx'
import { useApi } from '../../queries.ts'
import styles from './people-section.module.css'
import { type PersonAction, PersonRow } from './person-row.tsx'
import { RemovedPeople } from './removed-people.tsx'
import { Section } from './section.tsx'

/** How old “last seen” may be while the page is looked at. */
const LAST_SEEN_MS = 60_000

const COLUMNS = ['name', 'username', 'role', 'folders', 'logIn', 'webdav', 'photos', 'lastSeen'] as const

/** Who waits for a folder comes first. */
const inOrder = (accounts: readonly Account[]) => [
  ...accounts.filter(({ pending }) => pending),
  ...accounts.filter(({ pending }) => !pending),
]

/** The user panel: everybody of the household, and what the reader may do with each. */
export function PeopleSection() {
  const { t } = useTranslation()
  // that somebody is here is told by no hint: it would be one for each of their clicks
  const people = useApi('accounts.list', {}, { refetchInterval: LAST_SEEN_MS })
  const [adding, setAdding] = useState(false)
  const [doing, setDoing] = useState<{ action: PersonAction; id: number } | null>(null)
  const account = people.data?.accounts.find(({ id }) => id === doing?.id)
  const { flags } = useMe()
  const columns = COLUMNS.filter((column) => column !== 'webdav' || flags.webdav)
  const rows = people.data && inOrder(people.data.accounts)
  const waiting = rows?.filter(({ pending }) => pending).length ?? 0
  const addButton = useRef<HTMLButtonElement>(null)
  return (
    <Section
      id="people"
      title={t('admin.section.people')}
      aside={waiting > 0 && <span className={styles.waiting}>{t('people.waiting', { count: waiting })}</span>}
      actions={
        <Button ref={addButton} look="primary" icon={<UserPlus />} onClick={() => setAdding(true)}>
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
                {columns.map((column) => (
                  <th key={column} scope="col" className={column === 'photos' ? styles.number : undefined}>
                    {t(`people.column.${column}`)}
                  </th>
                ))}
                <th>
                  <span className="visually-hidden">{t('people.column.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows ? (
                rows.map((row) => (
                  <PersonRow
                    key={row.id}
                    account={row}
                    onAction={(action) => setDoing({ action, id: row.id })}
                  />
                ))
              ) : (
                <LoadingRow columns={columns.length} />
              )}
            </tbody>
          </table>
        </div>
      )}
      {rows && <Notes rows={rows} />}
      <RemovedPeople focusAfterwards={addButton} />
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
      {doing && account && (
        <PersonDialog
          action={doing.action}
          account={account}
          addButton={addButton}
          onClose={() => setDoing(null)}
        />
      )}
    </Section>
  )
}

/** Why some rows lack what others have. */
function Notes({ rows }: { rows: readonly Account[] }) {
  const { t } = useTranslation()
  return (
    <p className={styles.notes}>
      {t('people.ownNote')}
      {rows.some(({ may }) => !may.edit) && ` ${t('people.superNote')}`}
    </p>
  )
}

interface PersonDialogProps {
  action: PersonAction
  account: Account
  /** has the focus once somebody is deleted, as their row is gone */
  addButton: RefObject<HTMLButtonElement | null>
  onClose: () => void
}

function PersonDialog({ action, addButton, ...rest }: PersonDialogProps) {
  switch (action) {
    case 'edit':
      return <EditPersonDialog {...rest} />
    case 'resetPassword':
      return <ResetPasswordDialog {...rest} />
    case 'sessions':
      return <SessionsDialog {...rest} />
    case 'clearTotp':
      return <ClearFactorDialog {...rest} />
    case 'delete':
      return <DeletePersonDialog {...rest} focusAfterwards={addButton} />
  }
}

const LoadingRow = ({ columns }: { columns: number }) => (
  <tr className={styles.row}>
    <td className={styles.nameCell}>
      <Skeleton width={160} height={32} />
    </td>
    <td colSpan={columns}>
      <Skeleton height={20} />
    </td>
  </tr>
)
