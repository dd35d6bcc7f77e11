import { LogOut, Settings, ShieldUser } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Avatar } from '../components/avatar.tsx'
import { useFailureText } from '../components/failure.ts'
import { Menu, MenuItem, MenuSeparator } from '../components/menu.tsx'
import { useToast } from '../components/toast.tsx'
import { useMe } from '../me.ts'
import { useApiAction } from '../queries.ts'
import { useRoleName } from '../role-name.ts'
import { sessionChanged } from '../session-change.ts'
import styles from './frame.module.css'
import { PendingCount } from './pending-count.tsx'

/** The avatar in the corner: who is logged in, preferences, Admin Area, log out. */
export function AccountMenu() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const { account, may } = useMe()
  const logOut = useLogOut()
  const roleName = useRoleName()
  const name = account.name || account.username
  return (
    <Menu
      trigger={
        <button type="button" className={styles.account} aria-label={t('frame.account', { name })}>
          <Avatar name={name} username={account.username} />
        </button>
      }
      header={
        <>
          <div className={styles.accountName}>{name}</div>
          <div className={styles.accountRole}>
            {account.username} · {account.superAdmin ? t('frame.superAdmin') : roleName(account.role)}
          </div>
        </>
      }
    >
      <MenuItem icon={<Settings />} onSelect={() => navigate('/preferences')}>
        {t('frame.preferences')}
      </MenuItem>
      {may.administer && (
        <MenuItem icon={<ShieldUser />} onSelect={() => navigate('/admin')}>
          {t('frame.admin')}
          <PendingCount />
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={logOut}>
        {t('frame.logout')}
      </MenuItem>
    </Menu>
  )
}

/** Ends the session and wipes the window; says so where the server could not be told. */
export function useLogOut(): () => void {
  const toast = useToast()
  const failureText = useFailureText()
  const { mutate } = useApiAction('session.logout', {
    onSuccess: sessionChanged,
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return () => mutate({})
}
