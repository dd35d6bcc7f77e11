import { Images } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link as To } from 'wouter'
import type { Link } from '../../../electron/contract/shares.ts'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { Button } from '../../components/button.tsx'
import { formatList, formatRecent } from '../../format.ts'
import { SharedCover, SharedFacts } from '../shared-facts.tsx'
import { LinkAddress } from '../sharing/link-address.tsx'
import { LinkTerms } from '../sharing/link-terms.tsx'
import { useShareEdit } from '../sharing/use-shares-of.ts'
import { WaitingLine } from '../waiting/waiting-line.tsx'
import { AddPeople } from './add-people.tsx'
import styles from './overview.module.css'
import { People } from './people.tsx'

interface SharedItemProps {
  link: Link
  /** among what others share: it is said who does */
  everyone: boolean
  onTakeBack: (link: Link) => void
}

/** Something shared: what, since when and how often it was opened, with whom, on which terms, its address, and its end. */
export function SharedItem({ link, everyone, onTakeBack }: SharedItemProps) {
  const { t } = useTranslation()
  const edit = useShareEdit()
  const heading = useId()
  const { id, direct, url, hasPassword, closed, may, creator, cover } = link
  const name = useName()(link)
  const suspended = closed === 'suspended' && !may.update
  return (
    <li className={styles.item} aria-labelledby={heading}>
      <SharedCover
        src={cover && mediaUrl('thumb', cover.id, cover.version)}
        icon={<Images aria-hidden="true" />}
      />
      <div className={styles.words}>
        <h2 id={heading} className={styles.name}>
          <Name link={link} name={name} />
        </h2>
        <Facts link={link} by={everyone ? creator.name || creator.username : null} />
      </div>
      <div className={styles.rest}>
        {closed && (
          <p className={styles.closed}>
            {suspended
              ? t('share.overview.suspended', { name: creator.name || creator.username })
              : t(`sharing.closed.${closed}`)}
          </p>
        )}
        {direct && <People link={link} onLast={() => onTakeBack(link)} />}
        {may.update && <WaitingLine count={link.waiting} share={id} />}
        <LinkTerms
          terms={link}
          hasPassword={hasPassword}
          direct={direct}
          onChange={may.update ? (options) => edit('shares.update', { id, options }) : null}
        />
        {may.update && !direct && url === null && <p className={styles.quiet}>{t('sharing.noAddress')}</p>}
        <div className={styles.foot}>
          {direct && may.update && <AddPeople link={link} name={name} />}
          {url !== null && <LinkAddress url={url} brief about={name} />}
          {may.revoke && (
            <Button small look="quiet" className={styles.end} onClick={() => onTakeBack(link)}>
              {t('sharing.takeBack')}
              <span className="visually-hidden">: {name}</span>
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}

/** What it is called here: its album or folder, or what its owner calls picked photos. */
function useName(): (link: Link) => string {
  const { t } = useTranslation()
  return ({ content, label }) =>
    content.kind === 'photos' ? label || t('share.overview.kind.photos') : content.title
}

/** Leads to what its holders see, for whoever may look at it so. */
function Name({ link: { id, may, closed }, name }: { link: Link; name: string }) {
  const opens = may.update && (closed === null || closed === 'limit')
  return opens ? <To href={`/shared/${id}`}>{name}</To> : name
}

function Facts({ link, by }: { link: Link; by: string | null }) {
  const { t } = useTranslation()
  const { content, label, count, createdAt, views, lastOpenedAt, direct, guests, contributed } = link
  const names = guests.map(({ name }) => name)
  const facts = [
    (content.kind !== 'photos' || label !== '') && t(`share.overview.kind.${content.kind}`),
    t('common.photos', { count }),
    contributed > 0 && t('share.overview.added', { count: contributed }),
    by !== null && t('share.overview.by', { name: by }),
    t('sharing.since', { when: formatRecent(createdAt) }),
    views > 0 ? t('sharing.opened', { count: views }) : t('sharing.unopened'),
    lastOpenedAt !== null && t('sharing.last', { when: formatRecent(lastOpenedAt) }),
    // of what is shared by name, people stand below
    !direct && names.length > 0 && t('sharing.has', { count: names.length, names: formatList(names) }),
  ]
  return <SharedFacts facts={facts} />
}
