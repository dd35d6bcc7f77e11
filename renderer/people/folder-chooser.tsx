import { ChevronRight, CornerLeftUp, Folder } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../components/state.tsx'
import { useApi } from '../queries.ts'
import styles from './folder-chooser.module.css'

interface FolderChooserProps {
  onChoose: (path: string) => void
  onClose: () => void
}

/** Chooses a directory among the household's folders and below them: elsewhere only the host's own window leads. */
export function FolderChooser({ onChoose, onClose }: FolderChooserProps) {
  const { t } = useTranslation()
  const [path, setPath] = useState<string | null>(null)
  const here = useApi('folders.browse', path === null ? {} : { path })
  const list = useFocusAfterStep(path)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('chooser.title')}
      description={t('chooser.text')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={path === null} onClick={() => path !== null && onChoose(path)}>
            {t('chooser.choose')}
          </Button>
        </>
      }
    >
      <p className={styles.here} aria-live="polite">
        {path ?? t('chooser.roots')}
      </p>
      <div ref={list} className={styles.list}>
        {path !== null && (
          <button type="button" className={styles.entry} onClick={() => setPath(here.data?.parent ?? null)}>
            <CornerLeftUp aria-hidden="true" />
            {t('chooser.up')}
          </button>
        )}
        {here.isPending && <Loading />}
        {here.error && <ErrorState error={here.error} onRetry={() => void here.refetch()} />}
        {here.data?.directories.map((directory) => (
          <button
            key={directory.path}
            type="button"
            className={styles.entry}
            onClick={() => setPath(directory.path)}
          >
            <Folder aria-hidden="true" />
            <span className={styles.name}>{path === null ? directory.path : directory.name}</span>
            <ChevronRight aria-hidden="true" />
          </button>
        ))}
        {here.data?.directories.length === 0 &&
          (path === null ? (
            <EmptyState title={t('chooser.noRoots')}>{t('chooser.noRootsText')}</EmptyState>
          ) : (
            <p className={styles.nothing}>{t('chooser.nothingBelow')}</p>
          ))}
      </div>
    </Dialog>
  )
}

/** Each step replaces the entry that was pressed; the first of the new ones gets the focus in its stead. */
function useFocusAfterStep(path: string | null) {
  const list = useRef<HTMLDivElement>(null)
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) list.current?.querySelector('button')?.focus()
    before.current = path
  }, [path])
  return list
}

const Loading = () =>
  [180, 240, 140].map((width) => (
    <span key={width} className={styles.entry}>
      <Skeleton width={width} />
    </span>
  ))
