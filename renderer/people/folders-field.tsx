import { FolderPlus, X } from 'lucide-react'
import { type Ref, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../electron/contract/contract.ts'
import type { Access } from '../../electron/contract/fields.ts'
import { Button, IconButton } from '../components/button.tsx'
import { useFailureText } from '../components/failure.ts'
import { useFormErrors } from '../components/form-errors.ts'
import { Select } from '../components/select.tsx'
import { formatList } from '../format.ts'
import { useMe } from '../me.ts'
import { folderName } from '../paths.ts'
import { useApi, useApiAction } from '../queries.ts'
import { FolderChooser } from './folder-chooser.tsx'
import styles from './folders-field.module.css'
import type { FolderDraft } from './person-draft.ts'

interface FoldersFieldProps {
  folders: readonly FolderDraft[]
  onChange: (folders: FolderDraft[]) => void
  /** for a folder added here */
  defaultAccess: Access
  /** whether its photos may be shared on is asked too */
  offersSharing: boolean
  /** the account being edited */
  accountId: number | null
  error: string | null
}

/** The folders of an account, each read-write or read-only, with who else sees it. */
export function FoldersField(props: FoldersFieldProps) {
  const { folders, onChange, defaultAccess, offersSharing, accountId, error } = props
  const { t } = useTranslation()
  const preview = useApi('accounts.preview', {
    ...(accountId !== null && { id: accountId }),
    folders: [...folders],
  })
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
          {folders.map((folder, index) => (
            <FolderRow
              key={folder.path}
              folder={folder}
              preview={preview.data?.folders[index]}
              offersSharing={offersSharing}
              onChange={(change) =>
                onChange(folders.map((other) => (other === folder ? { ...other, ...change } : other)))
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
      <Consequence
        preview={preview}
        isNewAccount={accountId === null}
        isEmpty={folders.length === 0}
        error={error}
      />
    </fieldset>
  )
}

interface ConsequenceProps {
  preview: ReturnType<typeof useApi<'accounts.preview'>>
  isNewAccount: boolean
  isEmpty: boolean
  /** of the form itself, which goes first */
  error: string | null
}

/** What these folders come to, before anything is saved: how much the person sees, or how much comes and goes. */
function Consequence({ preview, isNewAccount, isEmpty, error }: ConsequenceProps) {
  const { t } = useTranslation()
  const refusal = useFormErrors(preview.error, ['folders'])
  const trouble = error ?? refusal.of('folders') ?? refusal.whole
  if (trouble)
    return (
      <p className={styles.error} role="alert">
        {trouble}
      </p>
    )
  const { appear = 0, vanish = 0 } = preview.data ?? {}
  const texts = [
    isEmpty && t('person.noFolders'),
    appear > 0 && t(isNewAccount ? 'person.sees' : 'person.appear', { count: appear }),
    vanish > 0 && t('person.vanish', { count: vanish }),
  ]
  return (
    <p className={styles.note} role="status">
      {texts.filter(Boolean).join(' ')}
    </p>
  )
}

/** The server's own rule for folders that nothing is said about. */
const sharesByDefault = (access: Access) => access === 'read-write'

interface FolderRowProps {
  folder: FolderDraft
  /** undefined while it is being asked for, or where a folder is refused */
  preview: Output<'accounts.preview'>['folders'][number] | undefined
  offersSharing: boolean
  onChange: (change: Partial<FolderDraft>) => void
  onRemove: () => void
}

function FolderRow({ folder, preview, offersSharing, onChange, onRemove }: FolderRowProps) {
  const { t } = useTranslation()
  const name = folderName(folder.path)
  const facts = preview && [
    preview.isNew ? t('person.newFolder') : t('common.photos', { count: preview.photoCount }),
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
        <div className={styles.facts}>{facts?.join(' · ') ?? '\u00a0'}</div>
      </div>
      <Select
        label={t('person.accessOf', { folder: name })}
        value={folder.access}
        onChange={(access) => onChange({ access })}
        options={[
          { value: 'read-write', label: t('access.read-write') },
          { value: 'read-only', label: t('access.read-only') },
        ]}
      />
      <IconButton label={t('person.removeFolder', { folder: name })} onClick={onRemove}>
        <X />
      </IconButton>
      {offersSharing && (
        <label className={styles.share}>
          <input
            type="checkbox"
            checked={folder.mayShare ?? sharesByDefault(folder.access)}
            onChange={(event) => onChange({ mayShare: event.target.checked })}
          />
          {t('person.folderMayShare')}
          <span className="visually-hidden">: {name}</span>
        </label>
      )}
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
