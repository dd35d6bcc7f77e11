import { useTranslation } from 'react-i18next'
import type { Account } from '../../electron/contract/accounts.ts'
import { TextField } from '../components/field.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { useMe } from '../me.ts'
import { useRoleName } from '../role-name.ts'
import { FoldersField } from './folders-field.tsx'
import { MORE_FIELDS, MoreFields } from './more-fields.tsx'
import type { PersonDraft } from './person-draft.ts'
import { suggestUsername } from './person-draft.ts'
import styles from './person-fields.module.css'
import { RoleCards } from './role-cards.tsx'
import { SwitchRow } from './switch-row.tsx'
import { useRights } from './use-rights.ts'

/** The fields whose errors stand beside them. */
export const PERSON_FIELDS = [
  'name',
  'username',
  'email',
  'password',
  'role',
  'superAdmin',
  'folders',
  ...MORE_FIELDS,
]

interface PersonFieldsProps {
  draft: PersonDraft
  onChange: (change: Partial<PersonDraft>) => void
  errorOf: (field: string) => string | null
  /** null while adding somebody */
  account: Account | null
}

/** What the add and edit dialogs ask for; what the reader may not change is not there. */
export function PersonFields({ draft, onChange, errorOf, account }: PersonFieldsProps) {
  const { may, flags } = useMe()
  const rights = useRights()
  const parts = { draft, onChange, errorOf, accountId: account?.id ?? null }
  const share = rights?.get(draft.superAdmin ? 'admin' : (draft.role ?? 'guest'))?.share
  const mayDemote = account ? account.may.demote : true
  return (
    <>
      <Identity {...parts} />
      {mayDemote ? (
        <Standing {...parts} maySetSuperAdmin={account ? account.may.setSuperAdmin : may.superAdminister} />
      ) : (
        <OwnStanding draft={draft} />
      )}
      {(draft.role !== 'guest' || draft.superAdmin) && (
        <FoldersField
          folders={draft.folders}
          onChange={(folders) => onChange({ folders })}
          defaultAccess={draft.role === 'viewer' ? 'read-only' : 'read-write'}
          offersSharing={flags.share && share !== 'no'}
          accountId={parts.accountId}
          error={errorOf('folders')}
        />
      )}
      <MoreFields
        {...parts}
        mayDisable={mayDemote}
        mayAllow={account ? account.may.setAllowances : true}
        maySetMustChange={account?.may.resetPassword === 'freely'}
      />
    </>
  )
}

interface PartProps {
  draft: PersonDraft
  onChange: (change: Partial<PersonDraft>) => void
  errorOf: (field: string) => string | null
  accountId: number | null
}

function Identity({ draft, onChange, errorOf, accountId }: PartProps) {
  const { t } = useTranslation()
  const rename = (name: string) =>
    onChange(draft.usernameTouched ? { name } : { name, username: suggestUsername(name) })
  return (
    <div className={styles.pair}>
      <TextField
        label={t('person.name')}
        value={draft.name}
        onChange={rename}
        error={errorOf('name')}
        autoComplete="off"
      />
      <TextField
        label={t('person.username')}
        value={draft.username}
        onChange={(username) => onChange({ username, usernameTouched: true })}
        error={errorOf('username')}
        hint={t('person.usernameHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      {accountId === null && <FirstPassword draft={draft} onChange={onChange} errorOf={errorOf} />}
      <TextField
        label={t('person.email')}
        type="email"
        value={draft.email}
        onChange={(email) => onChange({ email })}
        error={errorOf('email')}
        hint={t('person.emailHint')}
        autoComplete="off"
      />
      {accountId === null && (
        <SwitchRow
          label={t('person.mustChange')}
          checked={draft.mustChangePassword}
          onChange={(mustChangePassword) => onChange({ mustChangePassword })}
        />
      )}
    </div>
  )
}

function FirstPassword({ draft, onChange, errorOf }: Omit<PartProps, 'accountId'>) {
  const { t } = useTranslation()
  return (
    <PasswordField
      label={t('person.password')}
      value={draft.password}
      onChange={(password) => onChange({ password })}
      error={errorOf('password')}
      hint={t('ownPassword.hint')}
      autoComplete="new-password"
      personal={[draft.username, draft.name]}
    />
  )
}

function Standing({ draft, onChange, errorOf, maySetSuperAdmin }: PartProps & { maySetSuperAdmin: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <RoleCards value={draft.role} onChange={(role) => onChange({ role })} error={errorOf('role')} />
      {maySetSuperAdmin && (
        <SwitchRow
          label={t('person.superAdmin')}
          hint={errorOf('superAdmin') ?? t('person.superAdminHint')}
          checked={draft.superAdmin}
          onChange={(superAdmin) => onChange({ superAdmin })}
        />
      )}
    </>
  )
}

/** In place of what nobody changes for themself. */
function OwnStanding({ draft: { role, superAdmin } }: { draft: PersonDraft }) {
  const { t } = useTranslation()
  const { account } = useMe()
  const roleName = useRoleName()
  return (
    <div className={styles.own}>
      <p className={styles.ownTitle}>
        {t('person.role')}: {roleName(role ?? account.role)}
        {superAdmin && ` · ${t('person.superAdmin')}`}
      </p>
      <p className={styles.hint}>{t(superAdmin ? 'person.ownStandingSuper' : 'person.ownStanding')}</p>
    </div>
  )
}
