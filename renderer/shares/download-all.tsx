import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { useDownload } from '../library/download/use-download.tsx'

/** Downloads all that a link holds, as it allows. */
export function DownloadAll({ share }: { share: number }) {
  const { t } = useTranslation()
  const { download, dialog } = useDownload()
  return (
    <>
      <Button icon={<Download />} onClick={() => download({ share })}>
        {t('share.downloadAll')}
      </Button>
      {dialog}
    </>
  )
}
