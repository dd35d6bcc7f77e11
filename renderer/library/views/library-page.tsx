import { ChevronRight, Star, Tag } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ErrorState } from '../../components/state.tsx'
import { formatNumber } from '../../format.ts'
import { Page } from '../../frame/page.tsx'
import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'
import { layerSearch, useLayer } from '../layer.ts'
import { useToday } from '../today.ts'
import styles from './library-page.module.css'
import { SHELF_NAMES, SHELVES } from './shelves.tsx'

/** The ways into the library beside its days: each with how many it leads to. */
export function LibraryPage() {
  const { t } = useTranslation()
  const { flags } = useMe()
  const view = useLayer()
  const search = layerSearch(view)
  const today = useToday()
  const { data, error, refetch } = useApi('library.shelves', { ...(view && { view }), today })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />

  const entriesOf = (group: 'yours' | 'away' | 'look') =>
    SHELF_NAMES.filter((name) => SHELVES[name].group === group).flatMap((name) => {
      const count = data?.[name]
      const { icon: Icon, path } = SHELVES[name]
      // what is not for this account is null; of what needs a look only what is there is told
      if (count === null || (group === 'look' && !count)) return []
      return [
        <Entry
          key={name}
          href={path + search}
          icon={<Icon />}
          title={t(`views.shelf.${name}.title`)}
          count={count}
        >
          {t(`views.shelf.${name}.about`)}
        </Entry>,
      ]
    })
  return (
    <Page title={t('views.library')}>
      <Group name={t('views.group.yours')}>
        {entriesOf('yours')}
        {flags.tags && (
          <Entry
            href={`/tags${search}`}
            icon={<Tag />}
            title={t('tags.title')}
            count={data?.tags}
            counts="tags.count"
          >
            {t('tags.about')}
          </Entry>
        )}
        {flags.ratings && (
          <Entry
            href={`/rated/1${search}`}
            icon={<Star />}
            title={t('views.rated.title')}
            count={data?.rated}
          >
            {t('views.rated.about')}
          </Entry>
        )}
      </Group>
      <Group name={t('views.group.away')}>{data && entriesOf('away')}</Group>
      <Group name={t('views.group.look')}>{entriesOf('look')}</Group>
    </Page>
  )
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  if (!children || (Array.isArray(children) && children.length === 0)) return null
  return (
    <section className={styles.group} aria-label={name}>
      <h2 className={styles.name}>{name}</h2>
      <ul className={styles.entries}>{children}</ul>
    </section>
  )
}

interface EntryProps {
  href: string
  icon: ReactNode
  title: string
  /** how many it leads to; nothing while that is asked */
  count: number | null | undefined
  /** what these are, in words */
  counts?: 'common.photos' | 'tags.count'
  children: string
}

function Entry({ href, icon, title, count = null, counts = 'common.photos', children }: EntryProps) {
  const { t } = useTranslation()
  return (
    <li>
      <Link href={href} className={styles.entry}>
        {icon}
        <span className={styles.words}>
          <span className={styles.title}>{title}</span>
          <span className={styles.about}>{children}</span>
        </span>
        <span className={styles.count}>
          {count !== null && (
            <>
              <span aria-hidden="true">{formatNumber(count)}</span>
              <span className="visually-hidden">{t(counts, { count })}</span>
            </>
          )}
        </span>
        <ChevronRight className={styles.arrow} aria-hidden="true" />
      </Link>
    </li>
  )
}
