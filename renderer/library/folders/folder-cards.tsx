import { Folder } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FolderNode } from '../../../electron/contract/folders.ts'
import { CoverCard, CoverGrid } from '../views/cover-card.tsx'

interface FolderCardsProps {
  folders: readonly FolderNode[]
  search: string
  strip?: boolean
}

/** Folders as cards that lead to them, each with pictures out of it and how many it holds in all. */
export function FolderCards({ folders, search, strip = false }: FolderCardsProps) {
  const { t } = useTranslation()
  return (
    <CoverGrid label={t(strip ? 'views.folder.inside' : 'views.folder.title')} strip={strip}>
      {folders.map(({ id, name, covers, deepCount, status }) => (
        <CoverCard
          key={id}
          href={`/folders/${id}${search}`}
          covers={covers}
          icon={<Folder />}
          title={name}
          about={t('common.photos', { count: deepCount })}
          mark={status === 'offline' && t('views.folder.offline')}
        />
      ))}
    </CoverGrid>
  )
}
