import { useQueryClient } from '@tanstack/react-query'
import { BookImage, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { call } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { formatNumber } from '../../format.ts'
import { applyHint, useApi, useApiAction } from '../../queries.ts'
import { putInAlbum } from '../bulk/acts.ts'
import styles from './ask-dialog.module.css'
import type { AskProps } from './ask-dialog.tsx'
import { SharedAlbums } from './shared-albums.tsx'

/** An album for all selected photos: one that is there, a new one, or one of somebody else's. */
export function AlbumDialog({ asking, work, onClose }: AskProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const { data } = useApi('albums.list', {})
  const ids = asking.idsFor('album')
  const put = (id: number, undoMaking?: () => Promise<unknown>) => {
    onClose()
    work('album', ids, putInAlbum(call, id), undoMaking)
  }
  const create = useApiAction('albums.create', {
    onSuccess: ({ id }) => {
      applyHint(client, { topic: 'overlay', revision: 0 })
      put(id, () => call('albums.remove', { id }))
    },
  })
  const errors = useFormErrors(create.error, ['title'])
  const title = typed.trim()
  const wanted = title.toLocaleLowerCase()
  const known = (data?.albums ?? [])
    .filter(({ title: name, may }) => may.edit && name.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => a.title.localeCompare(b.title))
  const exact = known.find(({ title: name }) => name.toLocaleLowerCase() === wanted)
  const make = () => !create.isPending && create.mutate({ title })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('selection.ask.album.title', { count: ids.length })}
      onSubmit={() => title !== '' && (exact ? put(exact.id) : make())}
      actions={<Button onClick={onClose}>{t('common.cancel')}</Button>}
    >
      <TextField
        label={t('selection.ask.album.field')}
        error={errors.of('title')}
        autoComplete="off"
        value={typed}
        onChange={setTyped}
      />
      <FormError text={errors.whole} />
      <ul className={styles.list} aria-label={t('selection.ask.album.known')}>
        {title !== '' && !exact && (
          <li>
            <button type="button" className={styles.entry} onClick={make}>
              <Plus />
              <span className={styles.name}>{t('selection.ask.album.new', { name: title })}</span>
            </button>
          </li>
        )}
        {data?.albums.length === 0 && title === '' && (
          <li className={styles.none}>{t('selection.ask.album.none')}</li>
        )}
        {known.map(({ id, title: name, count, cover }) => (
          <li key={id}>
            <button type="button" className={styles.entry} onClick={() => put(id)}>
              {cover ? (
                <img className={styles.cover} src={mediaUrl('thumb', cover.id, cover.version)} alt="" />
              ) : (
                <BookImage />
              )}
              <span className={styles.name}>{name}</span>
              <span className={styles.number}>{formatNumber(count)}</span>
            </button>
          </li>
        ))}
      </ul>
      <SharedAlbums asking={asking} wanted={wanted} onClose={onClose} />
    </Dialog>
  )
}
