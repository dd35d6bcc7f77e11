import { Upload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../../electron/contract/shares.ts'
import { Button } from '../../components/button.tsx'
import { SendDialog } from './send-dialog.tsx'
import { useSending } from './use-sending.ts'

/** Sends photos through a link that allows it: a button that leads to their list, and tells how far they are. */
export function SendFiles({ link }: { link: HeldLink }) {
  const { t } = useTranslation()
  const sending = useSending(link.id)
  const [open, setOpen] = useState(false)
  const { items } = sending
  const left = items.filter(({ state }) => state === 'waits' || state === 'goes').length
  useAskBeforeLeaving(left > 0)
  const close = () => {
    setOpen(false)
    if (left === 0) sending.tidy()
  }
  return (
    <>
      <Button icon={<Upload />} onClick={() => setOpen(true)}>
        {left > 0 ? t('send.going', { done: items.length - left, count: items.length }) : t('send.send')}
      </Button>
      <SendDialog open={open} link={link} sending={sending} onClose={close} />
    </>
  )
}

/** The browser asks whoever leaves the page whether what is on its way may be broken off. */
function useAskBeforeLeaving(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isBusy])
}
