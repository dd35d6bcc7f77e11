import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../components/field.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { Switch } from '../components/switch.tsx'
import { FoldersField } from './folders-field.tsx'
import type { PersonDraft } from './person-draft.ts'
import { suggestUsername } from './person-draft.ts'
import styles from './person-fields.module.css'
import { RoleCards } from './role-cards.tsx'

/** The fields whose errors stand beside them. */
export const PERSON_FIELDS = ['name', 'username', 'email', 'password', 'role', 'superAdmin', 'folders']

interface PersonFieldsProps {
  draft: PersonDraft
  onChange: (change: Partial<PersonDraft>) => void
  errorOf: (field: string) => string | null
  /** null while adding somebody */
  accountId: number | null
  maySetSuperAdmin: boolean
  mayChangeRole: boolean
}

/** What the add and edit dialogs ask for. */
export function PersonFields(props: PersonFieldsProps) {
  const { draft, onChange, errorOf, accountId, maySetSuperAdmin, mayChangeRole } = props
  const { t } = useTranslation()
  return (
    <>
      <Identity {...props} />
      <RoleCards
        value={draft.role}
        onChange={(role) => onChange({ role })}
        error={errorOf('role')}
        disabled={!mayChangeRole}
      />
      {maySetSuperAdmin && (
        <SwitchRow
          label={t('person.superAdmin')}
          hint={errorOf('superAdmin') ?? t('person.superAdminHint')}
          checked={draft.superAdmin}
          onChange={(superAdmin) => onChange({ superAdmin })}
        />
      )}
      {draft.role !== 'guest' && (
        <FoldersField
          folders={draft.folders}
          onChange={(folders) => onChange({ folders })}
          defaultAccess={draft.role === 'viewer' ? 'read-only' : 'read-write'}
          accountId={accountId}
          error={errorOf('folders')}
        />
      )}
    </>
  )
}

type PartProps = Pick<PersonFieldsProps, 'draft' | 'onChange' | 'errorOf'>

function Identity({ draft, onChange, errorOf, accountId }: PersonFieldsProps) {
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
      {accountId === null ? (
        <FirstPassword draft={draft} onChange={onChange} errorOf={errorOf} />
      ) : (
        <TextField
          label={t('person.email')}
          type="email"
          value={draft.email}
          onChange={(email) => onChange({ email })}
          error={errorOf('email')}
          hint={t('person.emailHint')}
          autoComplete="off"
        />
      )}
    </div>
  )
}

function FirstPassword({ draft, onChange, errorOf }: PartProps) {
  const { t } = useTranslation()
  return (
    <>
      <PasswordField
        label={t('person.password')}
        value={draft.password}
        onChange={(password) => onChange({ password })}
        error={errorOf('password')}
        hint={t('ownPassword.hint')}
        autoComplete="new-password"
        personal={[draft.username, draft.name]}
      />
      <SwitchRow
        label={t('person.mustChange')}
        checked={draft.mustChangePassword}
        onChange={(mustChangePassword) => onChange({ mustChangePassword })}
      />
    </>
  )
}

interface SwitchRowProps {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A switch with its words beside it. */
export function SwitchRow({ label, hint, checked, onChange }: SwitchRowProps) {
  const id = useId()
  return (
    <div className={styles.switchRow}>
      <Switch label={label} checked={checked} onChange={onChange} {...(hint && { describedBy: id })} />
      <div aria-hidden="true">
        <button type="button" tabIndex={-1} className={styles.switchLabel} onClick={() => onChange(!checked)}>
          {label}
        </button>
        {hint && (
          <p id={id} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
