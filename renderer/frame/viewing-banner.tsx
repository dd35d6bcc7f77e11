import { Eye } from 'lucide-react'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { useFailureText } from '../components/failure.ts'
import { useToast } from '../components/toast.tsx'
import { useMe } from '../me.ts'
import { useApiAction } from '../queries.ts'
import { sessionChanged } from '../session-change.ts'
import styles from './viewing-banner.module.css'

/** Says over every page, the viewer too, that an admin looks with somebody else's eyes, and ends that. Nothing else does: no key, no press beside it. */
export function ViewingBanner() {
  const { viewing } = useMe()
  return viewing ? <Banner /> : null
}

function Banner() {
  const { t } = useTranslation()
  const { account } = useMe()
  const toast = useToast()
  const failureText = useFailureText()
  const name = account.name || account.username
  const stop = useApiAction('session.stopViewing', {
    onSuccess: sessionChanged,
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  useEffect(() => {
    // everything that fills the window makes room
    document.documentElement.dataset.viewing = ''
    return () => {
      delete document.documentElement.dataset.viewing
    }
  }, [])
  // beside the page, which can't be used while the viewer lies over it
  return createPortal(
    <aside className={styles.banner} aria-label={t('viewing.title')}>
      <Eye aria-hidden="true" />
      <p className={styles.text}>{t('viewing.text', { name })}</p>
      <Button small busy={stop.isPending} onClick={() => stop.mutate({})}>
        {t('viewing.stop')}
      </Button>
    </aside>,
    document.body,
  )
}
