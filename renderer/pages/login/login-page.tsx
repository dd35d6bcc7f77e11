import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { useApi } from '../../queries.ts'
import { CalmPage } from '../calm-page.tsx'
import styles from './login.module.css'
import { LoginForm } from './login-form.tsx'

/** The accounts that logged in here before; else, or for somebody else, a form. Never a hint which names exist. */
export function LoginPage() {
  const known = useApi('session.known', {})
  const [chosen, setChosen] = useState<string | null>(null)
  if (known.isPending) return null
  const accounts = known.data?.accounts ?? []
  const account = accounts.find(({ username }) => username === chosen)
  const choosing = accounts.length > 0 && chosen === null
  return (
    <CalmPage>
      {choosing ? (
        <KnownAccounts accounts={accounts} onChoose={setChosen} />
      ) : (
        <>
          {accounts.length > 0 && <BackToAccounts onBack={() => setChosen(null)} />}
          <LoginForm key={chosen} account={account ?? null} />
        </>
      )}
    </CalmPage>
  )
}

interface KnownAccount {
  username: string
  name: string
}

interface KnownAccountsProps {
  accounts: readonly KnownAccount[]
  /** empty text: somebody who is not among them */
  onChoose: (username: string) => void
}

function KnownAccounts({ accounts, onChoose }: KnownAccountsProps) {
  const { t } = useTranslation()
  return (
    <>
      <h1 className={styles.title}>{t('login.who')}</h1>
      <ul className={styles.accounts}>
        {accounts.map(({ username, name }) => (
          <li key={username}>
            <button type="button" className={styles.account} onClick={() => onChoose(username)}>
              <Avatar name={name || username} username={username} size={64} />
              <span className={styles.name}>{name || username}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" className={styles.other} onClick={() => onChoose('')}>
        {t('login.someoneElse')}
      </Button>
    </>
  )
}

function BackToAccounts({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  return (
    <Button look="quiet" small className={styles.back} icon={<ArrowLeft />} onClick={onBack}>
      {t('login.allAccounts')}
    </Button>
  )
}
