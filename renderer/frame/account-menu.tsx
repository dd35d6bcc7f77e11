import { ListChecks, Lock, LogOut, Settings, ShieldUser, UsersRound } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
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

/** The avatar in the corner: who is logged in, switch account, lock, preferences, Admin Area, log out. */
export function AccountMenu() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const { account, may, pendingCount, viewing } = useMe()
  const leave = useSessionEnd('session.leave')
  const lock = useLock()
  const logOut = useSessionEnd('session.logout')
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
      <MenuItem icon={<UsersRound />} onSelect={leave}>
        {t('frame.switch')}
      </MenuItem>
      <MenuItem
        icon={<Lock />}
        keys={{
          shown: onMac ? '⇧⌘L' : t('frame.lockKeys'),
          name: onMac ? 'Meta+Shift+L' : 'Control+Shift+L',
        }}
        onSelect={lock}
      >
        {t('frame.lock')}
      </MenuItem>
      {!viewing && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Settings />} onSelect={() => navigate('/preferences')}>
            {t('frame.preferences')}
          </MenuItem>
        </>
      )}
      {may.ownJobs && !may.administer && (
        <MenuItem icon={<ListChecks />} onSelect={() => navigate('/jobs')}>
          {t('jobs.own.title')}
        </MenuItem>
      )}
      {may.administer && (
        <MenuItem
          icon={<ShieldUser />}
          onSelect={() => navigate(pendingCount > 0 ? '/admin#people' : '/admin')}
        >
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

const onMac = navigator.platform.startsWith('Mac')

/**
 * Ends, leaves or locks the session and wipes the window, also where the server could not write it down: this door has let go of it then.
 * Says so where the server could not be told.
 */
export function useSessionEnd(name: 'session.logout' | 'session.leave' | 'session.lock'): () => void {
  const toast = useToast()
  const failureText = useFailureText()
  const { mutate } = useApiAction(name, {
    onSuccess: sessionChanged,
    onError: (failure) => {
      toast(failureText(failure), { bad: true })
      if (failure.error.code !== 'unavailable' || failure.error.reason) sessionChanged()
    },
  })
  return () => mutate({})
}

/** Locks the session, also by Ctrl+Shift+L (⇧⌘L on a Mac), which Mantel's own window has in its menu as well. */
function useLock(): () => void {
  const lock = useSessionEnd('session.lock')
  const now = useEffectEvent(lock)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const modifier = onMac ? event.metaKey : event.ctrlKey
      if (!modifier || !event.shiftKey || event.altKey || event.key.toLowerCase() !== 'l') return
      event.preventDefault()
      if (!event.repeat) now()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  return lock
}
