import { useQueryClient } from '@tanstack/react-query'
import { Images, KeyRound, UserRound } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Output } from '../../electron/contract/contract.ts'
import { mediaUrl } from '../../electron/contract/values.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { FormError } from '../components/form-error.tsx'
import { useFormErrors } from '../components/form-errors.ts'
import { EmptyState, ErrorState } from '../components/state.tsx'
import { useToast } from '../components/toast.tsx'
import { formatMoment } from '../format.ts'
import { useMe } from '../me.ts'
import { applyHint, useApi, useApiAction } from '../queries.ts'
import { SharedCover, SharedFacts } from './shared-facts.tsx'
import styles from './shared-list.module.css'
import { SharedSkeleton } from './shared-skeleton.tsx'
import { useHeldTitle } from './use-held-title.ts'

type Held = Output<'shares.withMe'>['links'][number]

/** What others share with this account, by name or by links that it opened, as long as that holds. */
export function WithMe() {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('shares.withMe', {})
  const [leaving, setLeaving] = useState<Held | null>(null)
  const page = useRef<HTMLDivElement>(null)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <>
      <div ref={page} className={styles.page} tabIndex={-1}>
        {!data && <SharedSkeleton />}
        {data?.links.length === 0 && (
          <EmptyState icon={<UserRound />} title={t('library.empty.guest')}>
            {t('library.empty.guestText')}
          </EmptyState>
        )}
        {data && data.links.length > 0 && (
          <ul className={styles.list}>
            {data.links.map((link) => (
              <Row key={link.id} link={link} onLeave={() => setLeaving(link)} />
            ))}
          </ul>
        )}
      </div>
      {leaving && <LeaveDialog link={leaving} focusAfterwards={page} onClose={() => setLeaving(null)} />}
    </>
  )
}

function Row({ link, onLeave }: { link: Held; onLeave: () => void }) {
  const { t } = useTranslation()
  const { viewing } = useMe()
  const { id, title, by, count, cover, expiresAt, needsPassword, isNew, may } = link
  const name = useHeldTitle()(link)
  return (
    <li className={styles.row}>
      <Link href={`/shared/${id}`} className={styles.open}>
        <SharedCover
          src={cover && !needsPassword ? mediaUrl('thumb', cover.id, cover.version, id) : null}
          icon={needsPassword ? <KeyRound /> : <Images />}
        />
        <span className={styles.words}>
          <span className={styles.name}>
            {name}
            {isNew && <span className={styles.new}>{t('share.new')}</span>}
          </span>
          <SharedFacts
            facts={[
              title !== '' && by !== '' && t('share.by', { name: by }),
              needsPassword ? t('share.passwordChanged') : t('common.photos', { count }),
              expiresAt !== null && t('share.until', { time: formatMoment(expiresAt) }),
              may.contribute && t('share.mayContribute'),
            ]}
          />
        </span>
      </Link>
      {!viewing && (
        <Button small look="quiet" onClick={onLeave}>
          {t('share.leave')}
          <span className="visually-hidden">: {name}</span>
        </Button>
      )}
    </li>
  )
}

interface LeaveDialogProps {
  link: Held
  focusAfterwards: RefObject<HTMLElement | null>
  onClose: () => void
}

/** Asked before: only the link's address leads back, or whoever shares it by name. */
function LeaveDialog({ link, focusAfterwards, onClose }: LeaveDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const title = useHeldTitle()(link)
  const leave = useApiAction('shares.leave', {
    onSuccess: () => {
      applyHint(client, { topic: 'shares', revision: 0 })
      toast(t('share.left', { title }))
      onClose()
    },
  })
  const errors = useFormErrors(leave.error, [])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('share.leaveTitle', { title })}
      description={t(link.direct ? 'share.leaveTextDirect' : 'share.leaveText')}
      returnFocus={focusAfterwards}
      onSubmit={() => !leave.isPending && leave.mutate({ share: link.id })}
      actions={<FormActions danger busy={leave.isPending} submit={t('share.leave')} onClose={onClose} />}
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}
