import { Folder } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { failureOf } from '../../api.ts'
import { Select } from '../../components/select.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useApi } from '../../queries.ts'
import { ShareButton } from '../../shares/sharing/share-button.tsx'
import { DownloadList } from '../download/download-list.tsx'
import { layerSearch } from '../layer.ts'
import type { ListPlace } from '../photo-list.ts'
import { PhotoListPage } from '../photo-list-page.tsx'
import views from '../views/cover-card.module.css'
import { ListEmpty } from '../views/list-empty.tsx'
import { ListHead } from '../views/list-head.tsx'
import { FolderCards } from './folder-cards.tsx'

interface FolderPageProps {
  folderId: number
  deep: boolean
  place: ListPlace
  openPhotoId: number | null
}

/** A folder as on disk: the way to it, the folders in it, and its photos, with those below it where that is chosen. */
export function FolderPage({ folderId, deep, place, openPhotoId }: FolderPageProps) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const { view } = place.list
  const search = layerSearch(view)
  const { data, error, refetch } = useApi('folders.tree', { parentId: folderId, ...(view && { view }) })
  const toAll = { href: `/folders${search}`, label: t('views.folder.title') }
  if (error && !data)
    return failureOf(error)?.code === 'not_found' ? (
      <ListEmpty
        icon={<Folder />}
        title={t('views.folder.gone')}
        action={<Link href={toAll.href}>{t('views.folder.toAll')}</Link>}
      >
        {t('views.folder.goneText')}
      </ListEmpty>
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    )
  if (!data) return null
  const above = data.trail.slice(0, -1)
  const itself = data.trail.at(-1)
  const name = itself?.name ?? ''
  const inside = data.folders
  const base = `/folders/${folderId}`
  return (
    <PhotoListPage
      place={place}
      title={name}
      openPhotoId={openPhotoId}
      head={(count) => (
        <>
          <ListHead
            title={name}
            trail={[
              toAll,
              ...above.map(({ id, name }) => ({ href: `/folders/${id}${search}`, label: name })),
            ]}
            count={count}
            actions={
              <>
                {(inside.length > 0 || deep) && (
                  <Select
                    label={t('views.folder.which')}
                    value={deep ? 'deep' : 'flat'}
                    options={(['flat', 'deep'] as const).map((value) => ({
                      value,
                      label: t(`views.folder.${value}`),
                    }))}
                    onChange={(which) => navigate((which === 'deep' ? `${base}/all` : base) + search)}
                  />
                )}
                {itself?.may.share && (
                  <ShareButton of={{ folderId }} label={t('sharing.folder')} title={name} count={count} />
                )}
                {count !== null && count > 0 && <DownloadList list={place.list} title={name} />}
              </>
            }
          />
          {inside.length > 0 && count !== null && (
            <div className={count === 0 ? views.fill : undefined}>
              <FolderCards folders={inside} search={search} strip={count > 0} />
            </div>
          )}
        </>
      )}
      empty={
        inside.length === 0 && (
          <ListEmpty icon={<Folder />} title={t('views.folder.none')}>
            {t('views.folder.noneText')}
          </ListEmpty>
        )
      }
    />
  )
}
