import {
  Ellipsis,
  Eye,
  KeyRound,
  MonitorSmartphone,
  Pencil,
  ShieldCheck,
  ShieldOff,
  Star,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../electron/contract/accounts.ts'
import { ROLES } from '../../../electron/contract/values.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button, IconButton } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { useFailureText } from '../../components/failure.ts'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatMoment, formatNumber, formatRecent } from '../../format.ts'
import { useMe } from '../../me.ts'
import { folderName } from '../../paths.ts'
import { useApiAction } from '../../queries.ts'
import { useRoleName } from '../../role-name.ts'
import { sessionChanged } from '../../session-change.ts'
import styles from './people-section.module.css'
import { LogInSwitch, WebdavSwitch } from './person-switches.tsx'
import { PhotosLink, usePhotosOf } from './photos-link.tsx'

export type PersonAction = 'edit' | 'resetPassword' | 'sessions' | 'clearTotp' | 'delete'

interface PersonRowProps {
  account: Account
  onAction: (action: PersonAction) => void
}

/** One person of the user panel; a card on narrow windows. */
export function PersonRow({ account, onAction }: PersonRowProps) {
  const { t } = useTranslation()
  const { account: self, flags } = useMe()
  const name = account.name || account.username
  return (
    <tr className={styles.row}>
      <th scope="row" className={styles.nameCell}>
        <span className={styles.who}>
          <Avatar name={name} username={account.username} />
          <span className={styles.names}>
            <span className={styles.name}>{name}</span>
            {account.id === self.id && <span className={styles.badge}>{t('people.you')}</span>}
            {account.totp && (
              <span className={styles.factor} title={t('factor.badge')}>
                <ShieldCheck aria-hidden="true" />
                <span className="visually-hidden">{t('factor.badge')}</span>
              </span>
            )}
            {account.pending && (
              <span className={classes(styles.badge, styles.pending)}>{t('people.waitingBadge')}</span>
            )}
          </span>
        </span>
      </th>
      <td data-label={t('people.column.username')}>{account.username}</td>
      <td data-label={t('people.column.role')} className={styles.nowrap}>
        <RoleCell account={account} />
      </td>
      <td data-label={t('people.column.folders')}>
        <Folders account={account} onGive={() => onAction('edit')} />
      </td>
      <td data-label={t('people.column.logIn')}>
        <LogInSwitch account={account} />
      </td>
      {flags.webdav && (
        <td data-label={t('people.column.webdav')}>
          <WebdavSwitch account={account} />
        </td>
      )}
      <td data-label={t('people.column.photos')} className={styles.number}>
        <PhotosLink
          href={usePhotosOf(account.id)}
          count={account.photoCount}
          about={t('storage.photosOf', { name })}
        >
          {formatNumber(account.photoCount)}
        </PhotosLink>
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

/** The role with the super admin mark; of a role that this version does not know, what that means. */
function RoleCell({ account: { role, superAdmin } }: { account: Account }) {
  const { t } = useTranslation()
  const roleName = useRoleName()
  const isKnown = ROLES.some((name) => name === role)
  return (
    <span>
      {roleName(role)}
      {superAdmin && (
        <span className={styles.super}>
          <Star aria-hidden="true" />
          {t('people.super')}
        </span>
      )}
      {!isKnown && (
        <span className={styles.unknown}>
          {t(superAdmin ? 'people.unknownRoleIn' : 'people.unknownRoleOut')}
        </span>
      )}
    </span>
  )
}

/** Somebody who did something this recently counts as being here. */
const NOW_MS = 5 * 60_000

function LastSeen({ at }: { at: number | null }) {
  const { t } = useTranslation()
  if (at === null) return <span className={styles.soft}>{t('people.never')}</span>
  return <span title={formatMoment(at)}>{Date.now() - at < NOW_MS ? t('people.now') : formatRecent(at)}</span>
}

function Folders({ account, onGive }: { account: Account; onGive: () => void }) {
  const { t } = useTranslation()
  if (account.pending && account.may.edit)
    return (
      <Button small onClick={onGive}>
        {t('people.giveFolder')}
        <span className="visually-hidden">: {account.name || account.username}</span>
      </Button>
    )
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

/** Shows Mantel as that account sees it, from the start page on. */
function useViewAs(accountId: number): () => void {
  const toast = useToast()
  const failureText = useFailureText()
  const { mutate } = useApiAction('session.viewAs', {
    onSuccess: sessionChanged,
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return () => mutate({ accountId })
}

interface PersonMenuProps extends PersonRowProps {
  name: string
}

function PersonMenu({ account, name, onAction }: PersonMenuProps) {
  const { t } = useTranslation()
  const me = useMe()
  // the own password and sessions are changed in the preferences
  const self = account.id === me.account.id
  const { edit, demote, resetPassword, clearTotp, viewAs } = account.may
  const view = useViewAs(account.id)
  if (!edit && !demote && !viewAs && (self || resetPassword === 'no')) return null
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
      {viewAs && (
        <MenuItem icon={<Eye />} onSelect={view}>
          {t('people.viewAs')}
        </MenuItem>
      )}
      {clearTotp && (
        <MenuItem icon={<ShieldOff />} onSelect={() => onAction('clearTotp')}>
          {t('factor.clear')}
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
