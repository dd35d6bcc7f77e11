import { Check, Minus } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Extent, Right, Role } from '../../electron/contract/roles.ts'
import { type Flag, ROLES } from '../../electron/contract/values.ts'
import card from '../components/choice-card.module.css'
import { classes } from '../components/classes.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { useMe } from '../me.ts'
import styles from './role-cards.module.css'
import { useRights } from './use-rights.ts'

/** The rows of the rights table that tell the roles apart, each with the household's feature it needs. */
const SHOWN = [
  { right: 'viewLibrary' },
  { right: 'viewShared' },
  { right: 'download', flag: 'download' },
  { right: 'upload', flag: 'upload' },
  { right: 'share', flag: 'share' },
  { right: 'webdav', flag: 'webdav' },
  { right: 'administer' },
] as const satisfies readonly { right: Right; flag?: Flag }[]
type Shown = (typeof SHOWN)[number]['right']

interface RoleCardsProps {
  /** null: none of the known ones */
  value: Role | null
  onChange: (role: Role) => void
  error?: string | null
}

/** The four roles, each saying in words what it may do; visitors are explained below. */
export function RoleCards({ value, onChange, error }: RoleCardsProps) {
  const { t } = useTranslation()
  const rights = useRights()
  const group = useId()
  return (
    <fieldset aria-describedby={`${group}-note`}>
      <legend className={styles.legend}>{t('person.role')}</legend>
      <div className={styles.cards}>
        {ROLES.map((role) => (
          <label key={role} className={classes(card.card, styles.card)}>
            <span className={card.label}>
              <input
                type="radio"
                className={card.radio}
                name={group}
                value={role}
                checked={value === role}
                aria-invalid={error ? true : undefined}
                onChange={() => onChange(role)}
              />
              {t(`role.${role}`)}
            </span>
            <span className={card.text}>{t(`roleText.${role}`)}</span>
            <RightMarks extents={rights?.get(role)} />
          </label>
        ))}
      </div>
      <p id={`${group}-note`} className={classes(styles.note, error && styles.error)}>
        {error ?? t('roleText.visitor')}
      </p>
    </fieldset>
  )
}

/** What a role may, right by right; features that are off for the household are left out. */
function RightMarks({ extents }: { extents: Record<Right, Extent> | undefined }) {
  const { flags } = useMe()
  const shown = SHOWN.filter((row) => !('flag' in row) || flags[row.flag])
  return (
    <span className={styles.rights}>
      {shown.map(({ right }) =>
        extents ? (
          <RightMark key={right} right={right} extent={extents[right]} />
        ) : (
          <Skeleton key={right} width={140} height={18} />
        ),
      )}
    </span>
  )
}

function RightMark({ right, extent }: { right: Shown; extent: Extent }) {
  const { t } = useTranslation()
  const isAllowed = extent !== 'no'
  return (
    <span className={isAllowed ? styles.allowed : styles.refused}>
      {isAllowed ? <Check aria-hidden="true" /> : <Minus aria-hidden="true" />}
      <span>
        {!isAllowed && <span className="visually-hidden">{t('roleText.not')} </span>}
        {t(`right.${right}`)}
        {isAllowed && extent !== 'yes' && (
          <span className={styles.extent}>
            {': '}
            {t(`extent.${extent}`)}
          </span>
        )}
      </span>
    </span>
  )
}
