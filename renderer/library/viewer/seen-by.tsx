import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Photo } from '../../../electron/contract/photos.ts'
import type { Showing } from '../../../electron/contract/shares.ts'
import { formatList } from '../../format.ts'
import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'
import { Entry } from './entry.tsx'
import styles from './info-panel.module.css'

/** Who sees a photo: by a folder of theirs, as admins, and by what is shared. Nothing where that is not told: through a link. */
export function SeenBy({ photo: { id, seenBy } }: { photo: Pick<Photo, 'id' | 'seenBy'> }) {
  const { t } = useTranslation()
  if (seenBy.length === 0) return null
  return (
    <Entry icon={<Eye />} name={t('viewer.info.seenBy')}>
      <ul className={styles.people}>
        {seenBy.map(({ accountId, name, by }) => (
          <li key={accountId} className={by === 'household' ? styles.soft : undefined}>
            {name === null
              ? t('viewer.info.anAdmin')
              : by === 'household'
                ? t('viewer.info.asAdmin', { name })
                : name}
          </li>
        ))}
      </ul>
      <ByShares photoId={id} />
    </Entry>
  )
}

/** Who sees it by what is shared, each leading to where that is looked after. It comes when it is known, below all else. */
function ByShares({ photoId }: { photoId: number }) {
  const words = useWords()
  const { data } = useApi('shares.showing', { photoId })
  if (!data || data.shares.length === 0) return null
  return (
    <ul className={styles.shares}>
      {data.shares.map((share) => (
        <li key={share.id}>
          <Lead share={share}>{words(share)}</Lead>
          <Aside share={share} />
        </li>
      ))}
    </ul>
  )
}

function Lead({ share, children }: { share: Showing; children: string }) {
  const { may } = useMe()
  const { isOwn, id } = share
  // somebody else's album that the account added the photo to
  if (!isOwn && !may.administer) return <Link href={`/shared/${id}`}>{children}</Link>
  return <Link href={isOwn ? '/shared/mine' : '/shared/everyone'}>{children}</Link>
}

/** What its owner calls it, and to whoever administers, who that is. */
function Aside({ share: { isOwn, by, label } }: { share: Showing }) {
  const { t } = useTranslation()
  const { may } = useMe()
  const owner = !isOwn && may.administer && by !== '' ? t('viewer.info.showing.by', { name: by }) : ''
  const facts = [label, owner].filter((fact) => fact !== '')
  return facts.length > 0 && <span className={styles.soft}> · {facts.join(' · ')}</span>
}

function useWords(): (share: Showing) => string {
  const { t } = useTranslation()
  return ({ direct, title, people, isFull, by }) => {
    const words = 'viewer.info.showing'
    const names = formatList(people.map(({ name }) => name))
    if (direct && people.length === 0)
      return by === ''
        ? t(`${words}.contributedNoName`, { title })
        : t(`${words}.contributed`, { title, name: by })
    if (direct)
      return title === '' ? t(`${words}.photosPeople`, { names }) : t(`${words}.people`, { names, title })
    if (title === '') return t(isFull ? `${words}.photosLinkFull` : `${words}.photosLink`)
    return t(isFull ? `${words}.linkFull` : `${words}.link`, { title })
  }
}
