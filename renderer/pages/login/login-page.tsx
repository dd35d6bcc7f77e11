import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { useApi, useApiAction } from '../../queries.ts'
import { sessionChanged } from '../../session-change.ts'
import { CalmPage } from '../calm-page.tsx'
import { useSignedUp } from '../sign-up/signed-up.ts'
import styles from './login.module.css'
import { LoginForm } from './login-form.tsx'

/** The accounts that logged in here before; else, or for somebody else, a form. Never a hint which names exist. */
export function LoginPage() {
  const { t } = useTranslation()
  const known = useApi('session.known', {})
  const status = useApi('setup.status', {})
  const signedUp = useSignedUp()
  const [, navigate] = useLocation()
  const [chosen, setChosen] = useState<string | null>(null)
  if (known.isPending) return null
  const accounts = known.data?.accounts ?? []
  const account = (chosen === null && signedUp) || accounts.find(({ username }) => username === chosen)
  const choosing = accounts.length > 0 && chosen === null && !signedUp
  return (
    <CalmPage>
      {choosing ? (
        <KnownAccounts accounts={accounts} onChoose={setChosen} />
      ) : (
        <>
          {(accounts.length > 0 || signedUp) && (
            <Back
              text={t(accounts.length > 0 ? 'login.allAccounts' : 'login.someoneElse')}
              onBack={() => {
                setChosen(null)
                // who has just signed up is no longer asked for
                navigate('/', { replace: true, state: null })
              }}
            />
          )}
          {chosen === null && signedUp && (
            <p role="status" className={styles.made}>
              {t('signUp.made')}
            </p>
          )}
          <LoginForm
            key={account?.username ?? chosen}
            account={account ?? null}
            mayRemember={known.data?.mayRemember ?? false}
          />
        </>
      )}
      {status.data?.registration && !signedUp && (
        <p className={styles.signUp}>
          <Link href="/sign-up">{t('signUp.title')}</Link>
        </p>
      )}
    </CalmPage>
  )
}

interface KnownAccount {
  username: string
  name: string
  /** one click goes on with its session */
  remembered: boolean
}

interface KnownAccountsProps {
  accounts: readonly KnownAccount[]
  /** empty text: somebody who is not among them */
  onChoose: (username: string) => void
}

function KnownAccounts({ accounts, onChoose }: KnownAccountsProps) {
  const { t } = useTranslation()
  const resume = useApiAction('session.resume', {
    onSuccess: sessionChanged,
    // its session ended meanwhile: then by password
    onError: (_, { username }) => onChoose(username),
  })
  return (
    <>
      <h1 className={styles.title}>{t('login.who')}</h1>
      <ul className={styles.accounts}>
        {accounts.map(({ username, name, remembered }) => (
          <li key={username}>
            <button
              type="button"
              className={styles.account}
              onClick={() => (remembered ? resume.mutate({ username }) : onChoose(username))}
            >
              <Avatar name={name || username} username={username} size={64} />
              <span className={styles.name}>{name || username}</span>
              {remembered && <span className={styles.remembered}>{t('login.remembered')}</span>}
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

function Back({ text, onBack }: { text: string; onBack: () => void }) {
  return (
    <Button look="quiet" small className={styles.back} icon={<ArrowLeft />} onClick={onBack}>
      {text}
    </Button>
  )
}
