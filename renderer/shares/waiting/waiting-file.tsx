import { Film, Image } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldUpload } from '../../../electron/contract/uploads.ts'
import { heldPictureUrl } from '../../../electron/contract/values.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { formatBytes, formatRecent } from '../../format.ts'
import styles from './waiting-dialog.module.css'

interface WaitingFileProps {
  upload: HeldUpload
  /** what its link is called */
  link: string
  isChosen: boolean
  onToggle: () => void
}

/** A file that somebody sent: its picture, by whom and when. */
export function WaitingFile({ upload, link, isChosen, onToggle }: WaitingFileProps) {
  const { t } = useTranslation()
  const { id, fileName, sizeBytes, kind, account, senderName, uploadedAt } = upload
  // what a visitor calls themselves is nobody's word but theirs
  const by =
    account !== null
      ? t('waiting.by', { name: account })
      : senderName
        ? t('waiting.bySaid', { name: senderName })
        : t('waiting.byVisitor')
  const facts = [by, formatRecent(uploadedAt), formatBytes(sizeBytes), link].filter((fact) => fact !== '')
  return (
    <li className={styles.file}>
      <Picture id={id} kind={kind} />
      <span className={styles.words}>
        <Checkbox text={fileName} checked={isChosen} onChange={onToggle} />
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </span>
    </li>
  )
}

/** Of kinds that can't be shown yet, a sign; the picture itself in a tab of its own. */
function Picture({ id, kind }: Pick<HeldUpload, 'id' | 'kind'>) {
  const [isMissing, setIsMissing] = useState(false)
  const Sign = kind === 'video' ? Film : Image
  return (
    <span className={styles.picture}>
      {isMissing ? (
        <Sign aria-hidden="true" />
      ) : (
        <img
          src={heldPictureUrl('thumb', id)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setIsMissing(true)}
        />
      )}
    </span>
  )
}
