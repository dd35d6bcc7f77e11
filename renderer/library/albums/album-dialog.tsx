import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Album } from '../../../electron/contract/albums.ts'
import { Dialog } from '../../components/dialog.tsx'
import { Field, TextField } from '../../components/field.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Select } from '../../components/select.tsx'
import { useToast } from '../../components/toast.tsx'
import { useApiAction } from '../../queries.ts'
import { placesFor } from './album-tree.ts'
import styles from './albums.module.css'
import { useUndo } from './use-undo.ts'

interface AlbumDialogProps {
  /** all of the account's */
  albums: readonly Album[]
  /** the one that is changed; a new one is made if left out */
  album?: Album
  /** the album a new one is put into */
  parentId: number | null
  onClose: () => void
}

const TOP = 'top'

/** Makes an album, or changes one: its title, what is said of it, where it lies, its order. */
export function AlbumDialog({ albums, album, parentId, onClose }: AlbumDialogProps) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(album?.title ?? '')
  const [description, setDescription] = useState(album?.description ?? '')
  const [parent, setParent] = useState(album ? album.parentId : parentId)
  const [order, setOrder] = useState(album?.order ?? 'date')
  const { send, error, busy } = useSave(album, onClose)
  const errors = useFormErrors(error, ['title', 'description'])
  const places = placesFor(albums, album?.id ?? null)
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      title={t(album ? 'albums.edit' : 'albums.new')}
      onSubmit={() => !busy && send({ title, description, parentId: parent, order })}
      actions={
        <FormActions busy={busy} submit={t(album ? 'common.save' : 'albums.make')} onClose={onClose} />
      }
    >
      <div ref={errors.ref} className={styles.fields}>
        <FormError text={errors.whole} />
        <TextField
          label={t('albums.name')}
          value={title}
          onChange={setTitle}
          error={errors.of('title')}
          maxLength={500}
        />
        <Field label={t('albums.description')} error={errors.of('description')}>
          {(control) => (
            <textarea
              {...control}
              className={styles.text}
              value={description}
              maxLength={20_000}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        {places.length > 0 && (
          <div className={styles.choice}>
            <span className={styles.label}>{t('albums.inside')}</span>
            <Select
              label={t('albums.inside')}
              value={parent === null ? TOP : String(parent)}
              options={[
                { value: TOP, label: t('albums.atTop') },
                ...places.map((place) => ({
                  value: String(place.album.id),
                  label: '\u2003'.repeat(place.depth) + place.album.title,
                })),
              ]}
              onChange={(next) => setParent(next === TOP ? null : Number(next))}
            />
          </div>
        )}
        {album && (
          <div className={styles.choice}>
            <span className={styles.label}>{t('albums.order')}</span>
            <Select
              label={t('albums.order')}
              value={order}
              options={(['date', 'hand'] as const).map((value) => ({
                value,
                label: t(`albums.orders.${value}`),
              }))}
              onChange={setOrder}
            />
          </div>
        )}
      </div>
    </Dialog>
  )
}

interface Draft {
  title: string
  description: string
  parentId: number | null
  order: Album['order']
}

/** Makes the album and goes there, or changes it and offers the way back. */
function useSave(album: Album | undefined, onClose: () => void) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const toast = useToast()
  const undo = useUndo('albums.update')
  const create = useApiAction('albums.create', {
    onSuccess: ({ id }) => {
      onClose()
      navigate(`/albums/${id}`)
    },
  })
  const update = useApiAction('albums.update', {
    onSuccess: (done, { title = album?.title ?? '' }) => {
      onClose()
      if (done.undo.length > 0) toast(t('albums.changed', { title }), { onUndo: () => undo(done.undo) })
    },
  })
  const send = ({ title, description, parentId, order }: Draft) =>
    album
      ? update.mutate({ id: album.id, title, description, parentId, order })
      : create.mutate({ title, description, ...(parentId !== null && { parentId }) })
  return { send, error: create.error ?? update.error, busy: create.isPending || update.isPending }
}
