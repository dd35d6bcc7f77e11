import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { formatList, formatRecent } from '../../format.ts'
import { LinkAddress } from './link-address.tsx'
import { LinkTerms } from './link-terms.tsx'
import styles from './sharing.module.css'
import { useShareEdit } from './use-shares-of.ts'

interface LinkCardProps {
  link: Link
  /** one of several: its address is copied, not read */
  brief?: boolean
  onTakeBack: (link: Link) => void
}

/** A link that is there: its address, what holds for it, what came of it so far, and what ends it. */
export function LinkCard({ link, brief = false, onTakeBack }: LinkCardProps) {
  const { t } = useTranslation()
  const edit = useShareEdit()
  const { id, label, url, direct, closed, hasPassword, may } = link
  const address =
    url === null ? (
      !direct && <p className={styles.quiet}>{t('sharing.noAddress')}</p>
    ) : (
      <LinkAddress url={url} brief={brief} about={label} />
    )
  return (
    <div className={classes(styles.card, brief && styles.entry)}>
      {closed && <p className={styles.closed}>{t(`sharing.closed.${closed}`)}</p>}
      {!brief && address}
      <LinkTerms
        terms={link}
        hasPassword={hasPassword}
        direct={direct}
        onChange={may.update ? (options) => edit('shares.update', { id, options }) : null}
      />
      {brief && address}
      <div className={styles.foot}>
        <Facts link={link} />
        {may.revoke && (
          <Button small look="quiet" className={styles.end} onClick={() => onTakeBack(link)}>
            {t('sharing.takeBack')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Since when, how often and when last it was opened, and who has it. */
function Facts({ link: { content, count, createdAt, direct, views, lastOpenedAt, guests } }: { link: Link }) {
  const { t } = useTranslation()
  const facts = [
    content.kind === 'photos' && t('common.photos', { count }),
    t('sharing.since', { when: formatRecent(createdAt) }),
    !direct && (views > 0 ? t('sharing.opened', { count: views }) : t('sharing.unopened')),
    lastOpenedAt !== null && t('sharing.last', { when: formatRecent(lastOpenedAt) }),
    guests.length > 0 &&
      t('sharing.has', { count: guests.length, names: formatList(guests.map(({ name }) => name)) }),
  ]
  return <p className={styles.quiet}>{facts.filter(Boolean).join(' · ')}</p>
}
