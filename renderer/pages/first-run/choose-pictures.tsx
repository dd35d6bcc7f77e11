import { FolderOpen } from 'lucide-react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { TextField } from '../../components/field.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useApiAction } from '../../queries.ts'
import styles from './first-run.module.css'

interface ChoosePicturesProps {
  folder: string
  onChange: (folder: string) => void
  hostWindow: boolean
  errors: { of: (field: string) => string | null; whole: string | null }
  busy: boolean
  onBack: () => void
  /** makes the account, with the folder if there is one */
  onBegin: () => void
}

/** The second step's choice: the native picker on the host, a path in a browser (the code proves access to the host). */
export function ChoosePictures(props: ChoosePicturesProps) {
  const { folder, onChange, hostWindow, errors, busy, onBack, onBegin } = props
  const { t } = useTranslation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onBegin()
  }
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <h1 className={styles.title}>{t('firstRun.picturesTitle')}</h1>
      <p className={styles.text}>{t('firstRun.picturesText')}</p>
      <FormError text={errors.whole} />
      {hostWindow ? (
        <PickedFolder folder={folder} onChange={onChange} error={errors.of('folder')} />
      ) : (
        <TextField
          label={t('firstRun.path')}
          value={folder}
          onChange={onChange}
          error={errors.of('folder')}
          hint={t('firstRun.pathHint')}
          placeholder="/home/ada/Pictures"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
      )}
      <div className={styles.actions}>
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t(folder.trim() ? 'firstRun.begin' : 'firstRun.beginWithout')}
        </Button>
      </div>
    </form>
  )
}

interface PickedFolderProps {
  folder: string
  onChange: (folder: string) => void
  error: string | null
}

function PickedFolder({ folder, onChange, error }: PickedFolderProps) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const pick = useApiAction('setup.pickFolder', { onSuccess: ({ path }) => path !== null && onChange(path) })
  const wrong = error ?? (pick.error && failureText(pick.error))
  return (
    <div className={styles.picked}>
      <Button icon={<FolderOpen />} busy={pick.isPending} onClick={() => pick.mutate({})}>
        {t(folder ? 'firstRun.pickAnother' : 'firstRun.pick')}
      </Button>
      <output className={styles.path}>{folder}</output>
      <FormError text={wrong} />
    </div>
  )
}
