import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { LinkCard } from './link-card.tsx'
import { LinkPart } from './link-part.tsx'
import { PeoplePart } from './people-part.tsx'
import { Reach } from './reach.tsx'
import type { ShareOf } from './share-of.ts'
import styles from './sharing.module.css'
import { TakeBackDialog } from './take-back-dialog.tsx'
import { useSharesOf } from './use-shares-of.ts'

interface ShareDialogProps {
  of: ShareOf
  /** the album's or the folder's; of picked photos, nothing */
  title?: string
  /** photos that are shared; null while that is not known */
  count: number | null
  onClose: () => void
  returnFocus?: RefObject<HTMLElement | null>
}

/** Shares an album, a folder or picked photos: with people, by a link; and who has it already. */
export function ShareDialog({ of, title, count, onClose, returnFocus }: ShareDialogProps) {
  const { t } = useTranslation()
  const [made, setMade] = useState<readonly number[]>([])
  const [isNew, setNew] = useState(false)
  const [leaving, setLeaving] = useState<Link | null>(null)
  const content = useRef<HTMLDivElement>(null)
  const { shares, reach, error, retry } = useSharesOf(of, made)
  const onMade = (id: number) => setMade([...made, id])
  const about =
    'albumId' in of ? t('sharing.lives.album') : 'folderId' in of ? t('sharing.lives.folder') : undefined
  const link = isNew ? null : (shares?.link ?? null)
  const rest = [...(isNew && shares?.link ? [shares.link] : []), ...(shares?.rest ?? [])]
  return (
    <Dialog
      open
      wide
      keepOpen
      onClose={onClose}
      title={title === undefined ? t('sharing.photos', { count: count ?? 0 }) : t('sharing.title', { title })}
      description={about}
      {...(returnFocus && { returnFocus })}
    >
      <div ref={content} tabIndex={-1} className={styles.content}>
        {error && <ErrorState error={error} onRetry={retry} />}
        {!shares && !error && <Skeleton height={160} />}
        {shares && (
          <div className={styles.columns}>
            <PeoplePart of={of} shown={shares.direct} onMade={onMade} onTakeBack={setLeaving} />
            <div>
              <LinkPart
                of={of}
                shown={link}
                onMade={(id) => {
                  setNew(false)
                  onMade(id)
                }}
                onNew={() => setNew(true)}
                onTakeBack={setLeaving}
              />
              {reach && <Reach reach={reach} onLeave={onClose} />}
            </div>
          </div>
        )}
        {rest.length > 0 && (
          <section className={styles.rest} aria-labelledby="sharing-rest">
            <h3 id="sharing-rest">{t('sharing.rest')}</h3>
            {rest.map((one) => (
              <LinkCard key={one.id} brief link={one} onTakeBack={setLeaving} />
            ))}
          </section>
        )}
      </div>
      {leaving && <TakeBackDialog link={leaving} onClose={() => setLeaving(null)} returnFocus={content} />}
    </Dialog>
  )
}
