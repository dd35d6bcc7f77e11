import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../components/button.tsx'
import { useMe } from '../../me.ts'
import type { PhotoList } from '../photo-list.ts'
import { useDownload } from './use-download.tsx'

/** Downloads a folder as it is shown; nothing for whoever may not download. */
export function DownloadList({ list, title }: { list: PhotoList; title: string }) {
  const { t } = useTranslation()
  const { may } = useMe()
  const { download, dialog } = useDownload()
  if (!may.download) return null
  return (
    <>
      <IconButton label={t('download.folder')} onClick={() => download({ list, title })}>
        <Download />
      </IconButton>
      {dialog}
    </>
  )
}
