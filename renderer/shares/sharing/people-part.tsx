import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useApi } from '../../queries.ts'
import { focusPart } from './focus-part.ts'
import { PeopleChoice } from './people-choice.tsx'
import { PeopleGiven } from './people-given.tsx'
import type { ShareOf } from './share-of.ts'
import styles from './sharing.module.css'

interface PeoplePartProps {
  of: ShareOf
  /** what is shared by name already; null where nothing is */
  shown: Link | null
  onMade: (id: number) => void
  onTakeBack: (link: Link) => void
}

/** The left side: with whom it is shared by name, and who may be added. */
export function PeoplePart({ of, shown, onMade, onTakeBack }: PeoplePartProps) {
  const { t } = useTranslation()
  const part = useRef<HTMLElement>(null)
  const { data, error, refetch } = useApi('shares.people', {})
  const given = new Set(shown?.guests.map(({ accountId }) => accountId))
  const others = data?.people.filter(({ id }) => !given.has(id))
  return (
    <section ref={part} tabIndex={-1} className={styles.part} aria-labelledby="sharing-people">
      <header className={styles.head}>
        <h3 id="sharing-people">{t('sharing.people')}</h3>
      </header>
      {shown && <PeopleGiven link={shown} onTakeBack={onTakeBack} />}
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={88} />}
      {data?.people.length === 0 && <p className={styles.quiet}>{t('sharing.nobody')}</p>}
      {others && others.length > 0 && (
        <PeopleChoice
          of={of}
          people={others}
          shown={shown}
          onMade={(id) => {
            focusPart(part.current)
            onMade(id)
          }}
        />
      )}
    </section>
  )
}
