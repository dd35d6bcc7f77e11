import { Folder } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ErrorState } from '../../components/state.tsx'
import { Page } from '../../frame/page.tsx'
import { useApi } from '../../queries.ts'
import { layerSearch, useLayer } from '../layer.ts'
import { FolderCards } from './folder-cards.tsx'

/** The outermost folders, as they are on disk. */
export function FoldersPage() {
  const { t } = useTranslation()
  const view = useLayer()
  const { data, error, refetch } = useApi('folders.tree', view ? { view } : {})
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <Page title={t('views.folder.title')} wide>
      {data && data.folders.length > 0 && <FolderCards folders={data.folders} search={layerSearch(view)} />}
      {data?.folders.length === 0 && (
        <EmptyState icon={<Folder />} title={t('views.folder.none')}>
          {t('views.folder.noneText')}
        </EmptyState>
      )}
    </Page>
  )
}
