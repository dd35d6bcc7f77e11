import { Eye } from 'lucide-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import { useFailureText } from '../../components/failure.ts'
import { FormActions } from '../../components/form-actions.tsx'
import { formatList, formatNumber } from '../../format.ts'
import { useMe } from '../../me.ts'
import styles from './hide-dialog.module.css'
import type { Seer } from './seers.ts'
import { useSeenWhenHidden } from './use-seen-when-hidden.ts'

interface HideDialogProps {
  what: 'archive' | 'private'
  /** photos it is done to */
  ids: readonly number[]
  /** selected ones that it may not be done to */
  left?: number
  onClose: () => void
  onConfirm: () => void
  /** see {@link Dialog} */
  returnFocus?: RefObject<HTMLElement | null>
}

/** Says how many photos are about to leave the timeline, and who goes on seeing them. */
export function HideDialog({ what, ids, left = 0, onClose, onConfirm, returnFocus }: HideDialogProps) {
  const { t } = useTranslation()
  const count = ids.length
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`hiding.${what}.title`, { count })}
      description={t(`hiding.${what}.text`, { count })}
      onSubmit={onConfirm}
      {...(returnFocus && { returnFocus })}
      actions={<FormActions busy={false} submit={t(`hiding.${what}.submit`, { count })} onClose={onClose} />}
    >
      <SeenBy ids={ids} />
      {left > 0 && <p>{t('hiding.rest', { count: left, left: formatNumber(left) })}</p>}
    </Dialog>
  )
}

/** Who still sees them, by name; one line high until that is known. */
function SeenBy({ ids }: { ids: readonly number[] }) {
  const { t } = useTranslation()
  const me = useMe().account.id
  const failureText = useFailureText()
  const { data, error } = useSeenWhenHidden(ids)
  const nameOf = ({ name, by, count }: Seer) => {
    const who =
      name === null
        ? t('viewer.info.anAdmin')
        : by === 'household'
          ? t('viewer.info.asAdmin', { name })
          : name
    return count === ids.length ? who : t('hiding.some', { who, count: formatNumber(count) })
  }
  const others = data?.filter(({ accountId }) => accountId !== me)
  return (
    <p className={styles.seen} aria-live="polite">
      <Eye aria-hidden="true" />
      <span>
        {error && failureText(error)}
        {others?.length === 0 && t('hiding.onlyYou')}
        {others && others.length > 0 && t('hiding.seenBy', { names: formatList(others.map(nameOf)) })}
        {!error && !others && t('hiding.looking')}
      </span>
    </p>
  )
}
