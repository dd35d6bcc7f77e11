import { useTranslation } from 'react-i18next'
import { Dialog } from '../../components/dialog.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { formatBytes } from '../../format.ts'
import type { Archive } from './use-download.tsx'

interface DownloadDialogProps {
  archive: Archive
  /** of photos that a link holds */
  ofLink: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Says how many photos and how much of the disk a large download is. */
export function DownloadDialog({ archive, ofLink, onConfirm, onClose }: DownloadDialogProps) {
  const { t } = useTranslation()
  const { count, bytes, leftOut } = archive
  const words = [
    bytes === null ? t('download.made') : t('download.text', { size: formatBytes(bytes) }),
    t(ofLink ? 'download.untilLinkEnds' : 'download.untilLogOut'),
  ]
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('download.title', { count })}
      description={words.join(' ')}
      onSubmit={onConfirm}
      actions={<FormActions busy={false} submit={t('download.submit', { count })} onClose={onClose} />}
    >
      {leftOut > 0 && <p>{t('download.leftOut', { count: leftOut })}</p>}
    </Dialog>
  )
}
