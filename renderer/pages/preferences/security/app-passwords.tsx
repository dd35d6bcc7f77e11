import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button.tsx'
import { useMe } from '../../../me.ts'
import { AppPasswordList } from '../../../people/app-password-list.tsx'
import { useApi } from '../../../queries.ts'
import styles from '../preferences.module.css'
import { NewAppPassword } from './new-app-password.tsx'

/** The own app passwords: offered to whoever may use WebDAV; where that is off by now, those there are can be revoked. */
export function AppPasswords() {
  const { t } = useTranslation()
  const { account, may } = useMe()
  const { data } = useApi('appPasswords.list', { accountId: account.id })
  const [isMaking, setMaking] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const isThere = may.webdav || (data?.appPasswords.length ?? 0) > 0
  if (!isThere) return null
  return (
    <section className={styles.section} aria-labelledby="app-passwords">
      <h2 id="app-passwords">{t('appPasswords.title')}</h2>
      <p className={styles.text}>{t('appPasswords.text')}</p>
      <AppPasswordList accountId={account.id} />
      {may.webdav ? (
        <div>
          <Button ref={button} onClick={() => setMaking(true)}>
            {t('appPasswords.add')}
          </Button>
        </div>
      ) : (
        <p>{t('appPasswords.notOffered')}</p>
      )}
      {isMaking && <NewAppPassword onClose={() => setMaking(false)} returnFocus={button} />}
    </section>
  )
}
