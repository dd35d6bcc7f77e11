import { Tag as TagIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { formatNumber } from '../../format.ts'
import { Page } from '../../frame/page.tsx'
import { useApi } from '../../queries.ts'
import { layerSearch, useLayer } from '../layer.ts'
import { tagRows } from './tag-tree.ts'
import styles from './tags.module.css'

/** Every tag, as a tree, with how many photos have it or one below it. */
export function TagsPage() {
  const { t } = useTranslation()
  const view = useLayer()
  const { data, error, refetch } = useApi('tags.list', view ? { view } : {})
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  const rows = data && tagRows(data.tags)
  return (
    <Page title={t('tags.title')}>
      {rows?.length === 0 && (
        <EmptyState icon={<TagIcon />} title={t('tags.none')}>
          {t('tags.noneText')}
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <ul className={styles.tags}>
          {rows.map(({ tag, depth }) => (
            <li key={tag.id} style={{ paddingInlineStart: `calc(${depth} * var(--space-5))` }}>
              <Link href={`/tags/${tag.id}${layerSearch(view)}`} className={styles.tag}>
                <TagIcon aria-hidden="true" />
                <span className={styles.name}>{tag.name}</span>
                {tag.shared && <span className={styles.shared}>{t('tags.shared')}</span>}
                <span className={styles.count}>
                  <span aria-hidden="true">{formatNumber(tag.deepCount)}</span>
                  <span className="visually-hidden">{t('common.photos', { count: tag.deepCount })}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
