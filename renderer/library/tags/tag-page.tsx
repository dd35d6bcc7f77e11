import { Tag as TagIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ErrorState } from '../../components/state.tsx'
import { useApi } from '../../queries.ts'
import { layerSearch } from '../layer.ts'
import type { ListPlace } from '../photo-list.ts'
import { PhotoListPage } from '../photo-list-page.tsx'
import { ListEmpty } from '../views/list-empty.tsx'
import { ListHead } from '../views/list-head.tsx'
import { TagMenu } from './tag-menu.tsx'
import { tagsAbove } from './tag-tree.ts'

interface TagPageProps {
  tagId: number
  place: ListPlace
  openPhotoId: number | null
}

/** The photos that have a tag or one below it. */
export function TagPage({ tagId, place, openPhotoId }: TagPageProps) {
  const { t } = useTranslation()
  const { view } = place.list
  const search = layerSearch(view)
  const { data, error, refetch } = useApi('tags.list', view ? { view } : {})
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return null
  const tag = data.tags.find(({ id }) => id === tagId)
  if (!tag)
    return (
      <ListEmpty
        icon={<TagIcon />}
        title={t('tags.gone')}
        action={<Link href={`/tags${search}`}>{t('tags.toAll')}</Link>}
      >
        {t('tags.goneText')}
      </ListEmpty>
    )
  const above = tagsAbove(data.tags, tag)
  const title = tag.name
  return (
    <PhotoListPage
      place={place}
      title={title}
      openPhotoId={openPhotoId}
      head={(count) => (
        <ListHead
          title={title}
          trail={[
            { href: `/tags${search}`, label: t('tags.title') },
            ...above.map(({ id, name }) => ({ href: `/tags/${id}${search}`, label: name })),
          ]}
          count={count}
          note={tag.shared && t('tags.shared')}
          actions={tag.may.edit && <TagMenu tag={tag} search={search} />}
        />
      )}
      empty={
        <ListEmpty icon={<TagIcon />} title={t('tags.empty')}>
          {t('tags.emptyText')}
        </ListEmpty>
      }
    />
  )
}
