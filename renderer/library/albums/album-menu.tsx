import { Download, Ellipsis, FolderPlus, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Album } from '../../../electron/contract/albums.ts'
import { call } from '../../api.ts'
import { IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useFailureText } from '../../components/failure.ts'
import { FormActions } from '../../components/form-actions.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { useToast } from '../../components/toast.tsx'
import { useMe } from '../../me.ts'
import { useApi, useApiAction } from '../../queries.ts'
import { useDownload } from '../download/use-download.tsx'
import type { PhotoList } from '../photo-list.ts'
import { insideCount } from './album-tree.ts'

interface AlbumMenuProps {
  album: Album
  list: PhotoList
  /** photos of the list */
  count: number | null
  onEdit: () => void
  onNew: () => void
}

/** What can be done with an album. */
export function AlbumMenu({ album, list, count, onEdit, onNew }: AlbumMenuProps) {
  const { t } = useTranslation()
  const { may } = useMe()
  const { download, dialog } = useDownload()
  const [removing, setRemoving] = useState(false)
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('albums.more')}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          {t('albums.edit')}
        </MenuItem>
        <MenuItem icon={<FolderPlus />} onSelect={onNew}>
          {t('albums.newInside')}
        </MenuItem>
        {may.download && count !== 0 && (
          <MenuItem icon={<Download />} onSelect={() => download({ list, title: album.title })}>
            {t('download.album')}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setRemoving(true)}>
          {t('albums.delete')}
        </MenuItem>
      </Menu>
      {dialog}
      {removing && <DeleteAlbumDialog album={album} onClose={() => setRemoving(false)} />}
    </>
  )
}

/** Tells what goes and what stays; afterwards the way back is offered. */
function DeleteAlbumDialog({ album, onClose }: { album: Album; onClose: () => void }) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const toast = useToast()
  const failureText = useFailureText()
  const inside = insideCount(useApi('albums.list', {}).data?.albums ?? [], album.id)
  const restore = () =>
    call('albums.restore', { id: album.id }).then(
      () => navigate(`/albums/${album.id}`),
      (error: unknown) => toast(failureText(error), { bad: true }),
    )
  const remove = useApiAction('albums.remove', {
    onSuccess: () => {
      onClose()
      navigate(album.parentId === null ? '/albums' : `/albums/${album.parentId}`, { replace: true })
      toast(t('albums.deleted', { title: album.title }), { onUndo: () => void restore() })
    },
  })
  const errors = useFormErrors(remove.error, [])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('albums.deleteTitle', { title: album.title })}
      onSubmit={() => !remove.isPending && remove.mutate({ id: album.id })}
      actions={<FormActions danger busy={remove.isPending} submit={t('albums.delete')} onClose={onClose} />}
    >
      <FormError text={errors.whole} />
      <p>{t('albums.deleteText', { count: album.count })}</p>
      {inside > 0 && <p>{t('albums.deleteInside', { count: inside })}</p>}
    </Dialog>
  )
}
