import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Output } from '../../../electron/contract/contract.ts'
import { useMe } from '../../me.ts'
import styles from './sharing.module.css'

interface ReachProps {
  reach: Output<'shares.list'>['reach']
  /** the page that the settings are on is another one */
  onLeave?: () => void
}

/** From how far away links open, and for admins the way to change that. */
export function Reach({ reach, onLeave }: ReachProps) {
  const { t } = useTranslation()
  const { may } = useMe()
  return (
    <p className={styles.quiet}>
      {t(`sharing.reach.${reach}`)}
      {may.administer && reach !== 'outside' && (
        <>
          {' '}
          <Link href="/admin#lan" {...(onLeave && { onClick: onLeave })}>
            {t(`sharing.reach.${reach}Change`)}
          </Link>
        </>
      )}
    </p>
  )
}
