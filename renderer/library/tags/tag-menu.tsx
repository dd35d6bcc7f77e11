import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { useToast } from '../../components/toast.tsx'
import { useApiAction } from '../../queries.ts'
import { useUndo } from '../albums/use-undo.ts'
import type { Tag } from './tag-tree.ts'

interface TagMenuProps {
  tag: Tag
  /** what addresses of this layer end with */
  search: string
}

/** What can be done with a tag. */
export function TagMenu({ tag, search }: TagMenuProps) {
  const { t } = useTranslation()
  const [doing, setDoing] = useState<'rename' | 'remove' | null>(null)
  const dialog = { tag, search, onClose: () => setDoing(null) }
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('tags.more')}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setDoing('rename')}>
          {t('tags.rename')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setDoing('remove')}>
          {t('tags.remove')}
        </MenuItem>
      </Menu>
      {doing === 'rename' && <RenameDialog {...dialog} />}
      {doing === 'remove' && <RemoveDialog {...dialog} />}
    </>
  )
}

type TagDialogProps = TagMenuProps & { onClose: () => void }

/** One of that name beside it takes it in: the dialog says so before, as there is no way back. */
function RenameDialog({ tag, search, onClose }: TagDialogProps) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const toast = useToast()
  const [name, setName] = useState(tag.name)
  const update = useApiAction('tags.update', {
    onSuccess: ({ id, merged }) => {
      onClose()
      if (id !== tag.id) navigate(`/tags/${id}${search}`, { replace: true })
      toast(t(merged ? 'tags.merged' : 'tags.renamed', { name: name.trim() }))
    },
  })
  const errors = useFormErrors(update.error, ['name'])
  return (
    <Dialog
      open
      keepOpen={name !== tag.name}
      onClose={onClose}
      title={t('tags.rename')}
      description={t('tags.renameText')}
      onSubmit={() => !update.isPending && update.mutate({ id: tag.id, name })}
      actions={<FormActions busy={update.isPending} submit={t('common.save')} onClose={onClose} />}
    >
      <div ref={errors.ref}>
        <FormError text={errors.whole} />
        <TextField
          label={t('tags.name')}
          value={name}
          onChange={setName}
          error={errors.of('name')}
          maxLength={500}
        />
      </div>
    </Dialog>
  )
}

/** Tells how many photos lose it; afterwards the way back is offered. */
function RemoveDialog({ tag, search, onClose }: TagDialogProps) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const toast = useToast()
  const undo = useUndo('photos.tag')
  const remove = useApiAction('tags.remove', {
    onSuccess: ({ undo: back }) => {
      onClose()
      navigate(`/tags${search}`, { replace: true })
      toast(t('tags.removed', { name: tag.name }), back.length > 0 ? { onUndo: () => undo(back) } : {})
    },
  })
  const errors = useFormErrors(remove.error, [])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('tags.removeTitle', { name: tag.name })}
      description={t(tag.shared ? 'tags.removeSharedText' : 'tags.removeText', { count: tag.deepCount })}
      onSubmit={() => !remove.isPending && remove.mutate({ id: tag.id })}
      actions={<FormActions danger busy={remove.isPending} submit={t('tags.remove')} onClose={onClose} />}
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}
