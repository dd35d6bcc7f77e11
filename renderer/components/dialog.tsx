import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type FormEvent, type ReactNode, type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { classes } from './classes.ts'
import styles from './dialog.module.css'

interface DialogProps {
  open: boolean
  /** Escape, the cross or a press outside */
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  wide?: boolean
  /** its content is read alone: without a control in it, it is itself what Tab reaches and arrows scroll */
  isText?: boolean
  /** while something half-filled would be lost, a press outside does not close */
  keepOpen?: boolean
  children?: ReactNode
  /** the row of buttons; stays in sight while the content scrolls */
  actions?: ReactNode
  /** makes it a form: called when it is sent */
  onSubmit?: () => void
  /** what has the focus afterwards, where what had it before is gone or not reached by Tab; with null inside, what had it before */
  returnFocus?: RefObject<HTMLElement | null>
}

/** Focuses an element that Tab does not reach; the dialog would focus the first control inside instead. */
function focusItself(element: HTMLElement): false {
  element.focus({ preventScroll: true })
  return false
}

/** A modal dialog: a card in the middle, a sheet over the whole window on phones. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  wide,
  isText,
  keepOpen,
  children,
  actions,
  onSubmit,
  returnFocus,
}: DialogProps) {
  const { t } = useTranslation()
  const popup = useRef<HTMLDivElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // dialogs over dialogs: React lets the event bubble to the form below
    event.stopPropagation()
    onSubmit?.()
  }
  const content = (
    <>
      <header className={styles.head}>
        <Base.Title className={styles.title}>{title}</Base.Title>
        <Base.Close render={<IconButton label={t('common.close')} />} className={styles.close}>
          <X />
        </Base.Close>
      </header>
      <div className={styles.body} {...(isText && { role: 'group', tabIndex: 0 })}>
        {description && <Base.Description className={styles.description}>{description}</Base.Description>}
        {children}
      </div>
      {actions && <footer className={styles.actions}>{actions}</footer>}
    </>
  )
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal={keepOpen}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            ref={popup}
            data-toasts-above
            className={classes(styles.popup, wide && styles.wide)}
            finalFocus={
              returnFocus && (() => (returnFocus.current ? focusItself(returnFocus.current) : true))
            }
            initialFocus={(openedBy) => (openedBy === 'touch' ? true : firstControl(popup.current))}
          >
            {onSubmit ? (
              <form className={styles.frame} onSubmit={submit} noValidate>
                {content}
              </form>
            ) : (
              <div className={styles.frame}>{content}</div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** What a dialog is about rather than its cross: the first field to be filled in, else the first one, else the first button below the content. */
const firstControl = (popup: HTMLElement | null) =>
  popup?.querySelector<HTMLElement>('input:not([tabindex="-1"], [readonly])') ??
  popup?.querySelector<HTMLElement>('input:not([tabindex="-1"])') ??
  popup?.querySelector<HTMLElement>('footer button') ??
  true
