import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../electron/contract/contract.ts'
import { Button } from '../../../components/button.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { ErrorState } from '../../../components/state.tsx'
import { formatRecent } from '../../../format.ts'
import { useApi } from '../../../queries.ts'
import { DisableFactor, RenewCodes } from './factor-proof.tsx'
import { FactorSetup } from './factor-setup.tsx'
import styles from './second-factor.module.css'

/** So few recovery codes are soon none. */
const FEW = 2

type Doing = 'setUp' | 'disable' | 'renew' | null

/** How things stand with the own second factor, and what can be done about it. */
export function SecondFactor() {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('totp.status', {})
  const [doing, setDoing] = useState<Doing>(null)
  const state = useRef<HTMLDivElement>(null)
  const close = () => {
    setDoing(null)
    void refetch()
  }
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={64} />
  return (
    <div ref={state} tabIndex={-1} className={styles.state}>
      <Facts status={data} />
      <div className={styles.actions}>
        {data.on ? (
          <>
            <Button onClick={() => setDoing('renew')}>{t('factor.renew')}</Button>
            <Button onClick={() => setDoing('disable')}>{t('factor.disable')}</Button>
          </>
        ) : (
          <Button onClick={() => setDoing('setUp')}>{t('factor.setUp')}</Button>
        )}
      </div>
      {doing === 'setUp' && <FactorSetup onClose={close} returnFocus={state} />}
      {doing === 'disable' && <DisableFactor onClose={close} returnFocus={state} />}
      {doing === 'renew' && <RenewCodes onClose={close} returnFocus={state} />}
    </div>
  )
}

function Facts({ status }: { status: Output<'totp.status'> }) {
  const { t } = useTranslation()
  const { on, since, readable, codesLeft } = status
  if (!on) return <p className={styles.facts}>{t('factor.off')}</p>
  return (
    <>
      <p className={styles.facts}>
        {since === null ? t('factor.on') : t('factor.onSince', { when: formatRecent(since) })}
        {' · '}
        {t('factor.codesLeft', { count: codesLeft })}
        {codesLeft <= FEW && ` ${t('factor.few')}`}
      </p>
      {!readable && (
        <p role="alert" className={styles.warn}>
          {t('factor.unreadable')}
        </p>
      )}
    </>
  )
}
