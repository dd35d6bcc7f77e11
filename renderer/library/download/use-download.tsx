import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../../electron/contract/contract.ts'
import { call } from '../../api.ts'
import { useFailureText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'
import { formatBytes } from '../../format.ts'
import { DownloadDialog } from './download-dialog.tsx'
import { saveArchive, saveOriginal } from './save.ts'

/** Which photos: those, or all of a list; with `share` those of what that link holds, or all of it. */
type Wanted = (Input<'downloads.begin'> & { share?: undefined }) | Input<'shares.download'>
/** `bytes`: null where nobody knows before the pictures are made. */
export type Archive = Output<'shares.download'>

export interface Downloading {
  /** One photo as its file, several as an archive; asked about before where it is large. */
  download(wanted: Wanted): void
  /** the question, to be shown */
  dialog: ReactNode
}

/** From here on it takes a while, and room on the disk: 1 GB. */
const LARGE_BYTES = 1e9
/** The same of pictures that are made first, whose size nobody knows. */
const LARGE_COUNT = 200

const isLarge = ({ bytes, count }: Archive) => (bytes === null ? count > LARGE_COUNT : bytes > LARGE_BYTES)

const begin = (wanted: Wanted): Promise<Archive> =>
  wanted.share === undefined ? call('downloads.begin', wanted) : call('shares.download', wanted)

export function useDownload(): Downloading {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const [asked, setAsked] = useState<{ wanted: Wanted; archive: Archive } | null>(null)
  const failed = (error: unknown) => toast(failureText(error), { bad: true })

  const start = ({ share }: Wanted, { id, count, bytes, leftOut }: Archive) => {
    saveArchive(id, share)
    const words = [
      t('download.started', { count }),
      bytes !== null && `· ${formatBytes(bytes)}`,
      leftOut > 0 && t('download.leftOut', { count: leftOut }),
    ]
    toast(words.filter(Boolean).join(' '))
  }
  const download = (wanted: Wanted) => {
    const [only, ...others] = wanted.ids ?? []
    if (only !== undefined && others.length === 0) return saveOriginal(only, wanted.share)
    begin(wanted).then(
      (archive) => (isLarge(archive) ? setAsked({ wanted, archive }) : start(wanted, archive)),
      failed,
    )
  }
  const confirm = () => {
    setAsked(null)
    // the question may have been left open for longer than an archive is kept ready
    if (asked) begin(asked.wanted).then((archive) => start(asked.wanted, archive), failed)
  }
  const dialog = asked && (
    <DownloadDialog
      archive={asked.archive}
      ofLink={asked.wanted.share !== undefined}
      onConfirm={confirm}
      onClose={() => setAsked(null)}
    />
  )
  return { download, dialog }
}
