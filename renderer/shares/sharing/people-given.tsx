import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import { Button } from '../../components/button.tsx'
import { formatRecent } from '../../format.ts'
import { People } from '../overview/people.tsx'
import { LinkTerms } from './link-terms.tsx'
import styles from './sharing.module.css'
import { useShareEdit } from './use-shares-of.ts'

interface PeopleGivenProps {
  link: Link
  onTakeBack: (link: Link) => void
}

/** Who has it by name, whether they looked at it, what they may, and what ends it for one or for all. */
export function PeopleGiven({ link, onTakeBack }: PeopleGivenProps) {
  const { t } = useTranslation()
  const edit = useShareEdit()
  const { id, closed, may } = link
  return (
    <div className={styles.card}>
      {closed && <p className={styles.closed}>{t(`sharing.closed.${closed}`)}</p>}
      <People link={link} onLast={() => onTakeBack(link)} />
      <LinkTerms
        direct
        terms={link}
        hasPassword={false}
        onChange={may.update ? (options) => edit('shares.update', { id, options }) : null}
      />
      <div className={styles.foot}>
        <p className={styles.quiet}>{t('sharing.since', { when: formatRecent(link.createdAt) })}</p>
        {may.revoke && (
          <Button small look="quiet" className={styles.end} onClick={() => onTakeBack(link)}>
            {t('sharing.takeBack')}
          </Button>
        )}
      </div>
    </div>
  )
}
