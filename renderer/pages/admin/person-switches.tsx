import { useTranslation } from 'react-i18next'
import type { Account } from '../../../electron/contract/accounts.ts'
import { useFailureText } from '../../components/failure.ts'
import { Switch } from '../../components/switch.tsx'
import { useToast } from '../../components/toast.tsx'
import { useSwitchable } from '../../people/use-rights.ts'
import { useApiAction } from '../../queries.ts'
import styles from './people-section.module.css'

/** Whether somebody may log in; plain words where the reader may not change that. */
export function LogInSwitch({ account }: { account: Account }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const update = useApiAction('accounts.update', {
    onError: (error) => toast(failureText(error), { bad: true }),
    onSuccess: ({ account: { name, username, mayLogIn } }) =>
      toast(t(mayLogIn ? 'people.enabled' : 'people.disabled', { name: name || username }), {
        onUndo: () => update.mutate({ id: account.id, mayLogIn: !mayLogIn }),
      }),
  })
  if (!account.may.demote) return <YesNo value={account.mayLogIn} />
  const shown = update.isPending ? (update.variables.mayLogIn ?? account.mayLogIn) : account.mayLogIn
  return (
    <Switch
      label={t('people.logInOf', { name: account.name || account.username })}
      checked={shown}
      onChange={(mayLogIn) => update.mutate({ id: account.id, mayLogIn })}
    />
  )
}

/** Whether somebody may use WebDAV; nothing where the role decides. */
export function WebdavSwitch({ account }: { account: Account }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const isSwitchable = useSwitchable()
  const update = useApiAction('accounts.update', {
    onError: (error) => toast(failureText(error), { bad: true }),
    onSuccess: ({ account: { name, username, webdav } }) =>
      toast(t(webdav ? 'people.webdavOn' : 'people.webdavOff', { name: name || username }), {
        onUndo: () => update.mutate({ id: account.id, webdav: !webdav }),
      }),
  })
  if (!isSwitchable(account, 'webdav')) return <span className={styles.soft}>–</span>
  if (!account.may.setAllowances) return <YesNo value={account.webdav} />
  const shown = update.isPending ? (update.variables.webdav ?? account.webdav) : account.webdav
  return (
    <Switch
      label={t('people.webdavOf', { name: account.name || account.username })}
      checked={shown}
      onChange={(webdav) => update.mutate({ id: account.id, webdav })}
    />
  )
}

function YesNo({ value }: { value: boolean }) {
  const { t } = useTranslation()
  return <span className={styles.soft}>{t(value ? 'people.yes' : 'people.no')}</span>
}
