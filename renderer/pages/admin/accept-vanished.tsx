import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Folder } from '../../../electron/contract/folders.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { useToast } from '../../components/toast.tsx'
import { folderName } from '../../paths.ts'
import { useApiAction } from '../../queries.ts'

/** The decision a braked folder waits for: whether what its last scan did not find is really gone. */
export function AcceptVanished({ folder }: { folder: Folder }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button small onClick={() => setAsking(true)}>
        {t('folders.accept')}
        <span className="visually-hidden">: {folderName(folder.path)}</span>
      </Button>
      {asking && <AcceptDialog folder={folder} onClose={() => setAsking(false)} />}
    </>
  )
}

function AcceptDialog({ folder, onClose }: { folder: Folder; onClose: () => void }) {
  const { t } = useTranslation()
  const toast = useToast()
  const name = folderName(folder.path)
  const accept = useApiAction('folders.accept', {
    onSuccess: () => {
      toast(t('folders.accepted', { folder: name }))
      onClose()
    },
  })
  const errors = useFormErrors(accept.error, [])
  const count = folder.vanishedCount
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('folders.acceptTitle', { count })}
      description={t('folders.acceptText', { count, folder: name })}
      onSubmit={() => !accept.isPending && accept.mutate({ id: folder.id })}
      actions={
        <FormActions danger busy={accept.isPending} submit={t('folders.acceptSubmit')} onClose={onClose} />
      }
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}
