import { Share2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { useApi } from '../../queries.ts'
import { SharedSkeleton } from '../shared-skeleton.tsx'
import { Reach } from '../sharing/reach.tsx'
import { TakeBackDialog } from '../sharing/take-back-dialog.tsx'
import styles from './overview.module.css'
import { SharedItem } from './shared-item.tsx'

/** What an account shares, by links and by name, or (`everyone`) what all of them do: with whom, since when, how often it was opened, and what ends it. */
export function Overview({ everyone }: { everyone: boolean }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('shares.overview', everyone ? { everyone } : {})
  const [ending, setEnding] = useState<Link | null>(null)
  const list = useRef<HTMLDivElement>(null)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  const words = everyone ? 'nothingAtAll' : 'nothing'
  return (
    <div ref={list} className={styles.overview} tabIndex={-1}>
      {!data && <SharedSkeleton />}
      {data?.links.length === 0 && (
        <EmptyState icon={<Share2 />} title={t(`share.overview.${words}`)}>
          {t(`share.overview.${words}Text`)}
        </EmptyState>
      )}
      {data && data.links.length > 0 && (
        <>
          {data.links.some(({ url }) => url !== null) && <Reach reach={data.reach} />}
          <ul className={styles.list}>
            {data.links.map((link) => (
              <SharedItem key={link.id} link={link} everyone={everyone} onTakeBack={setEnding} />
            ))}
          </ul>
        </>
      )}
      {ending && <TakeBackDialog link={ending} onClose={() => setEnding(null)} returnFocus={list} />}
    </div>
  )
}
