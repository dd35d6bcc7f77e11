import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import { folderEvent, foldersOf, knownAction, useDetailLines, useHeldText } from '../../audit-words.ts'
import { classes } from '../../components/classes.ts'
import expander from '../../components/expander.module.css'
import { formatMoment, formatRecent } from '../../format.ts'
import { folderName } from '../../paths.ts'
import styles from './audit-section.module.css'

/** One entry: a sentence, when and from where; what changed in detail can be opened. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const details = useId()
  const sentence = useSentence(entry)
  const lines = useDetailLines()(entry)
  const place = usePlace(entry.address)
  return (
    <li className={styles.entry}>
      <div className={styles.sentence}>{sentence}</div>
      <div className={styles.facts}>
        <time dateTime={new Date(entry.at).toISOString()} title={formatMoment(entry.at)}>
          {formatRecent(entry.at)}
        </time>
        {place && <span>{place}</span>}
        {lines.length > 0 && (
          <button
            type="button"
            className={classes(expander.expander, styles.expand)}
            aria-expanded={open}
            aria-controls={details}
            onClick={() => setOpen(!open)}
          >
            {t('audit.details')}
            <span className="visually-hidden">: {sentence}</span>
            <ChevronRight aria-hidden="true" />
          </button>
        )}
      </div>
      {open && (
        <ul id={details} className={styles.details}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** “ada gave rose Family, read-only”. */
function useSentence(entry: AuditEntry): string {
  const { t } = useTranslation()
  const heldText = useHeldText()
  const { actor, object } = entry
  const who = actor.kind === 'account' ? actor.name : t(`audit.${actor.kind}`)
  const what = object.kind === 'folder' ? folderName(object.name) : object.name
  const [folder, ...others] = foldersOf(entry)
  if (folder && others.length === 0)
    return t(`audit.folder.${folderEvent(folder)}`, { who, what, folder: heldText(folder) })
  const action = knownAction(entry.action)
  if (!action) return t('audit.unknown', { who, what, action: entry.action })
  return t(`audit.actions.${action}`, { who, what })
}

function usePlace(address: string): string {
  const { t } = useTranslation()
  if (address === 'window') return t('audit.window')
  // of the command line the sentence speaks already
  return address === 'command line' ? '' : address
}
