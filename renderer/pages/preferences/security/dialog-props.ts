import type { RefObject } from 'react'

/** What each dialog of the security page is given. */
export interface SecurityDialogProps {
  onClose: () => void
  /** has the focus afterwards: the button that opened it may be gone, or a dialog before stood between */
  returnFocus: RefObject<HTMLElement | null>
}
