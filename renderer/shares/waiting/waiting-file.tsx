import { Film, Image } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldUpload } from '../../../electron/contract/uploads.ts'
import { heldPictureUrl } from '../../../electron/contract/values.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { classes } from '../../components/classes.ts'
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
  const [isLarge, setIsLarge] = useState(false)
  const { fileName, sizeBytes, account, senderName, uploadedAt } = upload
  // what a visitor calls themselves is nobody's word but theirs
  const by =
    account !== null
      ? t('waiting.by', { name: account })
      : senderName
        ? t('waiting.bySaid', { name: senderName })
        : t('waiting.byVisitor')
  const facts = [by, formatRecent(uploadedAt), formatBytes(sizeBytes), link].filter((fact) => fact !== '')
  return (
    <li className={classes(styles.file, isLarge && styles.large)}>
      <Picture upload={upload} isLarge={isLarge} onEnlarge={() => setIsLarge(!isLarge)} />
      <span className={styles.words}>
        <Checkbox text={fileName} checked={isChosen} onChange={onToggle} />
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </span>
    </li>
  )
}

interface PictureProps {
  upload: HeldUpload
  isLarge: boolean
  onEnlarge: () => void
}

/** The picture, which can be looked at large; of kinds that can't be shown yet, a sign. */
function Picture({ upload: { id, kind, fileName }, isLarge, onEnlarge }: PictureProps) {
  const { t } = useTranslation()
  const [isMissing, setIsMissing] = useState(false)
  const Sign = kind === 'video' ? Film : Image
  if (isMissing)
    return (
      <span className={styles.picture}>
        <Sign aria-hidden="true" />
      </span>
    )
  return (
    <button
      type="button"
      className={styles.picture}
      aria-expanded={isLarge}
      aria-label={t('waiting.enlarge', { name: fileName })}
      onClick={onEnlarge}
    >
      <img
        src={heldPictureUrl(isLarge ? 'preview' : 'thumb', id)}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setIsMissing(true)}
      />
    </button>
  )
}
