import { FolderPlus, X } from 'lucide-react'
import { type Ref, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Access } from '../../electron/contract/fields.ts'
import { Button, IconButton } from '../components/button.tsx'
import { useFailureText } from '../components/failure.ts'
import { Select } from '../components/select.tsx'
import { formatList } from '../format.ts'
import { useMe } from '../me.ts'
import { folderName } from '../paths.ts'
import { useApi, useApiAction } from '../queries.ts'
import { FolderChooser } from './folder-chooser.tsx'
import { previewFolder } from './folder-preview.ts'
import styles from './folders-field.module.css'
import type { FolderDraft } from './person-draft.ts'

interface FoldersFieldProps {
  folders: readonly FolderDraft[]
  onChange: (folders: FolderDraft[]) => void
  /** for a folder added here */
  defaultAccess: Access
  /** the account being edited */
  accountId: number | null
  error: string | null
}

/** The folders of an account, each read-write or read-only, with who else sees it. */
export function FoldersField({ folders, onChange, defaultAccess, accountId, error }: FoldersFieldProps) {
  const { t } = useTranslation()
  const addButton = useRef<HTMLButtonElement>(null)
  const add = (path: string) => {
    if (!folders.some((folder) => folder.path === path))
      onChange([...folders, { path, access: defaultAccess }])
  }
  return (
    <fieldset className={styles.field}>
      <legend className={styles.legend}>{t('person.folders')}</legend>
      {folders.length > 0 && (
        <ul className={styles.list}>
          {folders.map((folder) => (
            <FolderRow
              key={folder.path}
              folder={folder}
              accountId={accountId}
              onAccess={(access) =>
                onChange(folders.map((other) => (other === folder ? { ...other, access } : other)))
              }
              onRemove={() => {
                onChange(folders.filter((other) => other !== folder))
                // the button that was pressed goes with its row
                addButton.current?.focus()
              }}
            />
          ))}
        </ul>
      )}
      <AddFolder button={addButton} onAdd={add} />
      <p className={error ? styles.error : styles.note} role={error ? 'alert' : undefined}>
        {error ?? (folders.length === 0 ? t('person.noFolders') : '')}
      </p>
    </fieldset>
  )
}

interface FolderRowProps {
  folder: FolderDraft
  accountId: number | null
  onAccess: (access: Access) => void
  onRemove: () => void
}

function FolderRow({ folder, accountId, onAccess, onRemove }: FolderRowProps) {
  const { t } = useTranslation()
  const known = useApi('folders.list', {})
  const preview = previewFolder(folder.path, known.data?.folders ?? [], accountId)
  const name = folderName(folder.path)
  const facts = [
    preview.photoCount === null ? t('person.newFolder') : t('common.photos', { count: preview.photoCount }),
    preview.alsoSeenBy.length > 0
      ? t('person.alsoSeenBy', { names: formatList(preview.alsoSeenBy), count: preview.alsoSeenBy.length })
      : t('person.seenByNobodyElse'),
  ]
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <div className={styles.path} title={folder.path}>
          {folder.path}
        </div>
        <div className={styles.facts}>{known.data ? facts.join(' · ') : '\u00a0'}</div>
      </div>
      <Select
        label={t('person.accessOf', { folder: name })}
        value={folder.access}
        onChange={onAccess}
        options={[
          { value: 'read-write', label: t('access.read-write') },
          { value: 'read-only', label: t('access.read-only') },
        ]}
      />
      <IconButton label={t('person.removeFolder', { folder: name })} onClick={onRemove}>
        <X />
      </IconButton>
    </li>
  )
}

interface AddFolderProps {
  button: Ref<HTMLButtonElement>
  onAdd: (path: string) => void
}

/** The host's native picker in Mantel's own window; in a browser a chooser among the household's folders. */
function AddFolder({ button, onAdd }: AddFolderProps) {
  const { t } = useTranslation()
  const { hostWindow } = useMe()
  const [choosing, setChoosing] = useState(false)
  const failureText = useFailureText()
  const pick = useApiAction('folders.pick', { onSuccess: ({ path }) => path !== null && onAdd(path) })
  return (
    <div>
      <Button
        ref={button}
        icon={<FolderPlus />}
        busy={pick.isPending}
        onClick={() => (hostWindow ? pick.mutate({}) : setChoosing(true))}
      >
        {t('person.addFolder')}
      </Button>
      {pick.error && (
        <p role="alert" className={styles.error}>
          {failureText(pick.error)}
        </p>
      )}
      {choosing && (
        <FolderChooser
          onClose={() => setChoosing(false)}
          onChoose={(path) => {
            setChoosing(false)
            onAdd(path)
          }}
        />
      )}
    </div>
  )
}
