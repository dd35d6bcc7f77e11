import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import field from '../components/field.module.css'
import { Field, TextField } from '../components/field.tsx'
import { useMe } from '../me.ts'
import { type PersonDraft, parseQuota } from './person-draft.ts'
import styles from './person-fields.module.css'
import { SwitchRow } from './switch-row.tsx'
import { useSwitchable } from './use-rights.ts'

/** The fields of this part whose errors stand beside them. */
export const MORE_FIELDS = ['quotaBytes', 'note']

interface MoreFieldsProps {
  draft: PersonDraft
  onChange: (change: Partial<PersonDraft>) => void
  errorOf: (field: string) => string | null
  /** null while adding somebody */
  accountId: number | null
  mayDisable: boolean
  /** switch WebDAV and sharing, set a quota */
  mayAllow: boolean
  maySetMustChange: boolean
}

/** What an account rarely needs, folded away while somebody is added. */
export function MoreFields(props: MoreFieldsProps) {
  const { draft, onChange, errorOf, accountId, mayAllow } = props
  const { t } = useTranslation()
  const [unfolded, setUnfolded] = useState(accountId !== null)
  const { flags } = useMe()
  const error = MORE_FIELDS.some((name) => errorOf(name))
  return (
    <details
      className={styles.more}
      open={unfolded || error}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary className={styles.summary}>
        <ChevronRight aria-hidden="true" />
        {t('person.more')}
      </summary>
      <div className={styles.moreBody}>
        <Switches {...props} />
        <div className={styles.pair}>
          {flags.upload && mayAllow && (
            <TextField
              label={t('person.quota')}
              value={draft.quota}
              onChange={(quota) => onChange({ quota })}
              error={
                errorOf('quotaBytes') ??
                (parseQuota(draft.quota) === undefined ? t('person.quotaForm') : null)
              }
              hint={t('person.quotaHint')}
              inputMode="decimal"
              autoComplete="off"
            />
          )}
          <Field label={t('person.note')} hint={t('person.noteHint')} error={errorOf('note')}>
            {(control) => (
              <textarea
                {...control}
                className={`${field.input} ${styles.note}`}
                rows={1}
                value={draft.note}
                onChange={(event) => onChange({ note: event.target.value })}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  )
}

/** What may be switched for this account: where its role and the household's features leave it to a switch. */
function Switches({ draft, onChange, accountId, mayDisable, mayAllow, maySetMustChange }: MoreFieldsProps) {
  const { t } = useTranslation()
  const { flags } = useMe()
  const isSwitchable = useSwitchable()
  return (
    <div className={styles.pair}>
      {mayDisable && accountId !== null && (
        <SwitchRow
          label={t('person.mayLogIn')}
          hint={t('person.mayLogInHint')}
          checked={draft.mayLogIn}
          onChange={(mayLogIn) => onChange({ mayLogIn })}
        />
      )}
      {mayAllow && flags.share && isSwitchable(draft, 'share') && (
        <SwitchRow
          label={t('person.mayShare')}
          hint={t('person.mayShareHint')}
          checked={draft.mayShare}
          onChange={(mayShare) => onChange({ mayShare })}
        />
      )}
      {mayAllow && flags.webdav && isSwitchable(draft, 'webdav') && (
        <SwitchRow
          label={t('person.webdav')}
          hint={t('person.webdavHint')}
          checked={draft.webdav}
          onChange={(webdav) => onChange({ webdav })}
        />
      )}
      {maySetMustChange && accountId !== null && (
        <SwitchRow
          label={t('resetPassword.mustChange')}
          hint={t('person.mustChangeHint')}
          checked={draft.mustChangePassword}
          onChange={(mustChangePassword) => onChange({ mustChangePassword })}
        />
      )}
    </div>
  )
}
