import { Check, Minus } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../electron/contract/roles.ts'
import { ROLES } from '../../electron/contract/values.ts'
import { classes } from '../components/classes.ts'
import styles from './role-cards.module.css'

const RIGHTS = ['view', 'download', 'upload', 'webdav', 'everything'] as const
type Right = (typeof RIGHTS)[number]

/** The rows of the product's rights table that tell the roles apart. */
const MAY: Record<Role, readonly Right[]> = {
  admin: ['view', 'download', 'upload', 'webdav', 'everything'],
  user: ['view', 'download', 'upload', 'webdav'],
  viewer: ['view', 'download'],
  guest: [],
}

interface RoleCardsProps {
  /** null: none of the known ones */
  value: Role | null
  onChange: (role: Role) => void
  error?: string | null
  disabled?: boolean
}

/** The four roles, each saying in words what it may do; visitors are explained below. */
export function RoleCards({ value, onChange, error, disabled }: RoleCardsProps) {
  const { t } = useTranslation()
  const group = useId()
  return (
    <fieldset className={styles.group} disabled={disabled} aria-describedby={`${group}-note`}>
      <legend className={styles.legend}>{t('person.role')}</legend>
      <div className={styles.cards}>
        {ROLES.map((role) => (
          <label key={role} className={styles.card}>
            <span className={styles.name}>
              <input
                type="radio"
                className={styles.radio}
                name={group}
                value={role}
                checked={value === role}
                aria-invalid={error ? true : undefined}
                onChange={() => onChange(role)}
              />
              {t(`role.${role}`)}
            </span>
            <span className={styles.text}>{t(`roleText.${role}`)}</span>
            <span className={styles.rights}>
              {RIGHTS.map((right) => (
                <RightMark key={right} right={right} allowed={MAY[role].includes(right)} />
              ))}
            </span>
          </label>
        ))}
      </div>
      <p id={`${group}-note`} className={classes(styles.note, error && styles.error)}>
        {error ?? t('roleText.visitor')}
      </p>
    </fieldset>
  )
}

function RightMark({ right, allowed }: { right: Right; allowed: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={allowed ? styles.allowed : styles.refused}>
      {allowed ? <Check aria-hidden="true" /> : <Minus aria-hidden="true" />}
      {!allowed && <span className="visually-hidden">{t('roleText.not')} </span>}
      {t(`roleText.right.${right}`)}
    </span>
  )
}
