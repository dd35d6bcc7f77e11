import { Share2 } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../components/button.tsx'
import { ShareDialog } from './share-dialog.tsx'
import type { ShareOf } from './share-of.ts'

interface ShareButtonProps {
  of: ShareOf
  /** what it says: “Share album” */
  label: string
  title: string
  count: number | null
}

/** Opens the share dialog of an album or a folder; for whoever may share it. */
export function ShareButton({ of, label, title, count }: ShareButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label={label} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Share2 />
      </IconButton>
      {open && <ShareDialog of={of} title={title} count={count} onClose={() => setOpen(false)} />}
    </>
  )
}
