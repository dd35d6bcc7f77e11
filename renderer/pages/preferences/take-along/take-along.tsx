import { Download, Upload } from 'lucide-react'
import { type ChangeEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPart } from '../../../../electron/contract/overlay-document.ts'
import { Button } from '../../../components/button.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { useMe } from '../../../me.ts'
import { ImportDialog } from './import-dialog.tsx'
import styles from './take-along.module.css'
import { useExport } from './use-export.ts'
import { readParts } from './use-import.ts'
import { useWrongText } from './use-wrong-text.ts'

/** What an account added to its photos, as a file to keep, and back from such a file. */
export function TakeAlong() {
  const { t } = useTranslation()
  const { account } = useMe()
  const wrongText = useWrongText()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<{ fileName: string; parts: ImportPart[] } | null>(null)
  const [wrong, setWrong] = useState<unknown>(null)
  const { save, error, isBusy, photos } = useExport(account.username)
  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const [file] = target.files ?? []
    // the same file can be chosen again
    const done = () => {
      target.value = ''
    }
    if (!file) return
    setWrong(null)
    await readParts(file)
      .then((parts) => setChosen({ fileName: file.name, parts }))
      .catch(setWrong)
      .finally(done)
  }
  const failure = wrong ?? error
  return (
    <div className={styles.take}>
      <p className={styles.text}>{t('takeAlong.text')}</p>
      <div className={styles.buttons}>
        <Button icon={<Download />} busy={isBusy} onClick={() => void save()}>
          {t('takeAlong.export')}
        </Button>
        <Button icon={<Upload />} onClick={() => input.current?.click()}>
          {t('takeAlong.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={t('takeAlong.file')}
          className="visually-hidden"
          tabIndex={-1}
          onChange={(event) => void choose(event)}
        />
        <span role="status" className={styles.text}>
          {isBusy && t('takeAlong.exporting', { count: photos })}
        </span>
      </div>
      <FormError text={failure ? wrongText(failure) : null} />
      {chosen && <ImportDialog {...chosen} onClose={() => setChosen(null)} />}
    </div>
  )
}
