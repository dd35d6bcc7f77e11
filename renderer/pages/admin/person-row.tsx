import { Ellipsis, KeyRound, MonitorSmartphone, Pencil, Star, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../electron/contract/accounts.ts'
import { Avatar } from '../../components/avatar.tsx'
import { IconButton } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { Switch } from '../../components/switch.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatMoment, formatNumber, formatRecent } from '../../format.ts'
import { useMe } from '../../me.ts'
import { folderName } from '../../paths.ts'
import { useApiAction } from '../../queries.ts'
import { useRoleName } from '../../role-name.ts'
import styles from './people-section.module.css'

export type PersonAction = 'edit' | 'resetPassword' | 'sessions' | 'delete'

interface PersonRowProps {
  account: Account
  onAction: (action: PersonAction) => void
}

/** One person of the user panel; a card on narrow windows. */
export function PersonRow({ account, onAction }: PersonRowProps) {
  const { t } = useTranslation()
  const roleName = useRoleName()
  const name = account.name || account.username
  return (
    <tr className={styles.row}>
      <th scope="row" className={styles.nameCell}>
        <span className={styles.who}>
          <Avatar name={name} username={account.username} />
          <span className={styles.name}>{name}</span>
        </span>
      </th>
      <td data-label={t('people.column.username')}>{account.username}</td>
      <td data-label={t('people.column.role')} className={styles.nowrap}>
        <span>
          {roleName(account.role)}
          {account.superAdmin && (
            <span className={styles.super}>
              <Star aria-hidden="true" />
              {t('people.super')}
            </span>
          )}
        </span>
      </td>
      <td data-label={t('people.column.folders')}>
        <Folders account={account} />
      </td>
      <td data-label={t('people.column.logIn')}>
        <LogInSwitch account={account} />
      </td>
      <td data-label={t('people.column.photos')} className={styles.number}>
        {formatNumber(account.photoCount)}
      </td>
      <td data-label={t('people.column.lastSeen')} className={styles.nowrap}>
        <LastSeen at={account.lastSeenAt} />
      </td>
      <td className={styles.menuCell}>
        <PersonMenu account={account} name={name} onAction={onAction} />
      </td>
    </tr>
  )
}

/** Somebody who did something this recently counts as being here. */
const NOW_MS = 5 * 60_000

function LastSeen({ at }: { at: number | null }) {
  const { t } = useTranslation()
  if (at === null) return <span className={styles.soft}>{t('people.never')}</span>
  return <span title={formatMoment(at)}>{Date.now() - at < NOW_MS ? t('people.now') : formatRecent(at)}</span>
}

function Folders({ account }: { account: Account }) {
  const { t } = useTranslation()
  if (account.folders.length === 0) return <span className={styles.soft}>{t('people.noFolders')}</span>
  return (
    <ul className={styles.folders}>
      {account.folders.map((folder) => (
        <li key={folder.id} title={folder.path}>
          {folderName(folder.path)}
          {folder.access === 'read-only' && <span className={styles.soft}> {t('people.readOnly')}</span>}
          {!folder.online && <span className={styles.offline}> {t('people.offline')}</span>}
        </li>
      ))}
    </ul>
  )
}

function LogInSwitch({ account }: { account: Account }) {
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
  const shown = update.isPending ? (update.variables.mayLogIn ?? account.mayLogIn) : account.mayLogIn
  return (
    <Switch
      label={t('people.logInOf', { name: account.name || account.username })}
      checked={shown}
      disabled={!account.may.demote}
      onChange={(mayLogIn) => update.mutate({ id: account.id, mayLogIn })}
    />
  )
}

interface PersonMenuProps extends PersonRowProps {
  name: string
}

function PersonMenu({ account, name, onAction }: PersonMenuProps) {
  const { t } = useTranslation()
  const me = useMe()
  // the own password and sessions are changed in the preferences
  const self = account.id === me.account.id
  const { edit, demote, resetPassword } = account.may
  if (!edit && !demote && (self || resetPassword === 'no')) return null
  return (
    <Menu
      trigger={
        <IconButton label={t('people.actionsOf', { name })}>
          <Ellipsis />
        </IconButton>
      }
    >
      {edit && (
        <MenuItem icon={<Pencil />} onSelect={() => onAction('edit')}>
          {t('people.edit')}
        </MenuItem>
      )}
      {!self && resetPassword !== 'no' && (
        <MenuItem icon={<KeyRound />} onSelect={() => onAction('resetPassword')}>
          {t('people.resetPassword')}
        </MenuItem>
      )}
      {edit && (
        <MenuItem icon={<MonitorSmartphone />} onSelect={() => onAction('sessions')}>
          {t('people.sessions')}
        </MenuItem>
      )}
      {demote && (
        <>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 />} onSelect={() => onAction('delete')}>
            {t('people.delete')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
