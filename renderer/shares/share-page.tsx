import { Cookie, Link2Off, RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiFailure } from '../api.ts'
import { Button } from '../components/button.tsx'
import { useCountdown } from '../components/countdown.ts'
import { useFailureText } from '../components/failure.ts'
import { Skeleton } from '../components/skeleton.tsx'
import { EmptyState } from '../components/state.tsx'
import { formatDuration } from '../format.ts'
import { useMaybeMe } from '../me.ts'
import { HeldPhotos } from './held-photos.tsx'
import { PasswordForm } from './password-form.tsx'
import type { ShareAddress } from './share-address.ts'
import styles from './share-page.module.css'
import { useHeldTitle } from './use-held-title.ts'
import { useOpened } from './use-opened.ts'

/** What is shared at this address, or why it does not open. Another address is another page: give it the path as its key. */
export function SharePage({ at }: { at: ShareAddress }) {
  const { t } = useTranslation()
  const opened = useOpened(at.by)
  const link = opened.is === 'open' ? opened.link : null
  const titleOf = useHeldTitle()
  useTitle(link ? titleOf(link) : '')
  if (link) return <HeldPhotos link={link} at={at} />
  if (opened.is === 'refused')
    return (
      <div className={styles.middle}>
        {opened.failure.error.reason !== 'link_password_needed' && (
          <h1 className="visually-hidden">{t('share.photos')}</h1>
        )}
        <Refused {...opened} at={at} />
      </div>
    )
  if (opened.is === 'unkept')
    return (
      <div className={styles.middle}>
        <h1 className="visually-hidden">{t('share.photos')}</h1>
        <Unkept again={opened.again} />
      </div>
    )
  return <Opening />
}

/** Nothing is opened by itself again: each time may use up a view. */
function Unkept({ again }: { again: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<Cookie />}
      title={t('share.noCookies')}
      action={<Button onClick={again}>{t('common.tryAgain')}</Button>}
    >
      {t('share.noCookiesText')}
    </EmptyState>
  )
}

function Opening() {
  const { t } = useTranslation()
  return (
    <div className={styles.opening} role="status" aria-label={t('common.loading')}>
      <Skeleton width="220px" />
      <Skeleton width="140px" />
    </div>
  )
}

interface RefusedProps {
  at: ShareAddress
  failure: ApiFailure
  again: () => void
}

/** Why a link does not open, and what can be done about it. */
function Refused({ at, failure, again }: RefusedProps) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const isViewing = useMaybeMe()?.viewing ?? null
  const left = useCountdown(failure)
  const { code, reason } = failure.error
  if (reason === 'link_password_needed')
    return isViewing ? (
      <>
        <h1 className="visually-hidden">{t('share.photos')}</h1>
        <EmptyState icon={<Link2Off />} title={t('share.passwordChanged')} />
      </>
    ) : (
      <PasswordForm by={at.by} changed={!('token' in at.by)} />
    )
  if (code === 'not_found' || code === 'unauthenticated')
    return (
      <EmptyState icon={<Link2Off />} title={t('token' in at.by ? 'share.ended' : 'share.notAnyMore')}>
        {t('token' in at.by ? 'share.endedText' : 'share.notAnyMoreText')}
      </EmptyState>
    )
  const title = t(code === 'unavailable' ? 'connection.firstTitle' : 'share.notNow')
  const why = code === 'unavailable' ? t('connection.firstText') : failureText(failure)
  return (
    <EmptyState
      icon={<RefreshCw />}
      title={title}
      action={
        <Button onClick={again} disabled={left > 0}>
          {t('common.tryAgain')}
        </Button>
      }
    >
      {left > 0 ? t('login.wait', { time: formatDuration(left, { precise: true }) }) : why}
    </EmptyState>
  )
}

/** Names the window by what is shared. */
function useTitle(title: string): void {
  useEffect(() => {
    if (title === '') return
    const before = document.title
    document.title = `${title} · Mantel`
    return () => {
      document.title = before
    }
  }, [title])
}
