import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

/** The place in the top bar that belongs to the page shown. */
export const TOP_BAR_SLOT = 'top-bar-slot'

/** Puts a page's own controls into the top bar: `<InTopBar><ViewSwitch /></InTopBar>`. */
export function InTopBar({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  // the frame's element exists once the page around this is mounted
  useEffect(() => setSlot(document.getElementById(TOP_BAR_SLOT)), [])
  return slot && createPortal(children, slot)
}
