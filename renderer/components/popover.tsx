import { Popover as Base } from '@base-ui/react/popover'
import { type ReactElement, type ReactNode, useState } from 'react'
import { classes } from './classes.ts'
import styles from './popover.module.css'
import popup from './popup.module.css'

interface PopoverProps {
  /** the button that opens it, with its own name */
  trigger: ReactElement
  title: string
  /** told how to close it */
  children: (close: () => void) => ReactNode
}

/** A small form beside the button that it belongs to; Escape and a press outside close it. */
export function Popover({ trigger, title, children }: PopoverProps) {
  const [open, setOpen] = useState(false)
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={6} align="start" collisionPadding={8}>
          <Base.Popup className={classes(popup.popup, popup.growing, styles.popup)}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {children(() => setOpen(false))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
