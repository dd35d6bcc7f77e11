import { type RefObject, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RemovedAccount } from '../../../electron/contract/removal.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { formatList, formatMoment } from '../../format.ts'
import { useHoldingsText } from '../../people/holdings-text.ts'
import { PurgePersonDialog } from '../../people/purge-person-dialog.tsx'
import { RestorePersonDialog } from '../../people/restore-person-dialog.tsx'
import { useRestorePerson } from '../../people/use-restore-person.ts'
import { useApi } from '../../queries.ts'
import styles from './removed-people.module.css'

/** Who was deleted and can still be restored; not there while nobody can. */
export function RemovedPeople({ focusAfterwards }: { focusAfterwards: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation()
  const title = useId()
  const [asking, setAsking] = useState<{ what: 'username' | 'purge'; id: number } | null>(null)
  const accounts = useApi('accounts.removed', {}).data?.accounts ?? []
  const asked = accounts.find(({ id }) => id === asking?.id)
  const dialog = { focusAfterwards, onClose: () => setAsking(null) }
  if (accounts.length === 0) return null
  return (
    <section aria-labelledby={title} className={styles.part}>
      <h3 id={title} className={styles.title}>
        {t('removedPeople.title')}
      </h3>
      <ul className={styles.list}>
        {accounts.map((account) => (
          <RemovedRow
            key={account.id}
            account={account}
            focusAfterwards={focusAfterwards}
            onAsk={(what) => setAsking({ what, id: account.id })}
          />
        ))}
      </ul>
      {asked && asking?.what === 'username' && <RestorePersonDialog account={asked} {...dialog} />}
      {asked && asking?.what === 'purge' && <PurgePersonDialog account={asked} {...dialog} />}
    </section>
  )
}

interface RemovedRowProps {
  account: RemovedAccount
  focusAfterwards: RefObject<HTMLElement | null>
  onAsk: (what: 'username' | 'purge') => void
}

function RemovedRow({ account, focusAfterwards, onAsk }: RemovedRowProps) {
  const { t } = useTranslation()
  const textOf = useHoldingsText()
  const name = account.name || account.username
  const held = textOf(account.holdings)
  const restore = useRestorePerson({
    name,
    // the row is about to go, and its button with it
    onDone: () => focusAfterwards.current?.focus(),
    onTaken: () => onAsk('username'),
  })
  const onRestore = () => {
    if (account.usernameTaken) onAsk('username')
    else restore.mutate({ id: account.id })
  }
  return (
    <li className={styles.row}>
      <Avatar name={name} username={account.username} />
      <div className={styles.what}>
        <div className={styles.name}>
          {name}
          {name !== account.username && <span className={styles.soft}> {account.username}</span>}
        </div>
        <div className={styles.facts} title={formatMoment(account.deletedAt)}>
          <span>{t('removedPeople.daysLeft', { count: account.daysLeft })}</span>
          {held.length > 0 && <span>{formatList(held)}</span>}
        </div>
      </div>
      <div className={styles.actions}>
        <Button small busy={restore.isPending} onClick={onRestore}>
          {t('removedPeople.restore')}
          <span className="visually-hidden">: {name}</span>
        </Button>
        <Button small look="quiet" onClick={() => onAsk('purge')}>
          {t('removedPeople.purge')}
          <span className="visually-hidden">: {name}</span>
        </Button>
      </div>
    </li>
  )
}
