import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { type ReactNode, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './button.tsx'
import styles from './toast.module.css'

const SHOWN_MS = 6000
/** An offer to undo stays long enough to be read, understood and reached. */
const UNDO_SHOWN_MS = 12_000

interface ToastAction {
  label: string
  onSelect: () => void
}

interface ToastData {
  onUndo?: () => void
  action?: ToastAction
}

interface ToastExtras {
  /** offers the way back */
  onUndo?: () => void
  /** leads to what the toast is about */
  action?: ToastAction
  /** something failed: announced at once */
  bad?: boolean
}

/** Says what happened, at the bottom of the window, with the way back where there is one. What is returned takes it off again. */
export function useToast(): (text: string, extras?: ToastExtras) => () => void {
  const { add, close } = Base.useToastManager<ToastData>()
  return useCallback(
    (text, { onUndo, action, bad } = {}) => {
      const id = add({
        title: text,
        type: bad ? 'bad' : 'plain',
        priority: bad ? 'high' : 'low',
        timeout: onUndo || action ? UNDO_SHOWN_MS : SHOWN_MS,
        data: { ...(onUndo && { onUndo }), ...(action && { action }) },
      })
      return () => close(id)
    },
    [add, close],
  )
}

/** Where toasts of everything inside appear. */
export function ToastArea({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Toasts() {
  const { t } = useTranslation()
  const { toasts, close } = Base.useToastManager<ToastData>()
  return toasts.map((toast) => {
    const { onUndo, action: offered } = toast.data ?? {}
    const action = onUndo ? { label: t('common.undo'), onSelect: onUndo } : offered
    return (
      <Base.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection="down">
        <Base.Content className={styles.content}>
          <Base.Title className={styles.text} />
          {action && (
            <Button
              small
              look="quiet"
              onClick={() => {
                action.onSelect()
                close(toast.id)
              }}
            >
              {action.label}
            </Button>
          )}
          <Base.Close render={<IconButton label={t('common.close')} />} className={styles.close}>
            <X />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    )
  })
}
