import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { WaitingDialog } from './waiting-dialog.tsx'
import styles from './waiting-line.module.css'

interface WaitingLineProps {
  /** files that wait */
  count: number
  /** files that were turned down and can be brought back */
  declined?: number
  /** of this link alone */
  share?: number
}

/** Says that files which others sent wait to be looked at, and leads to them. */
export function WaitingLine({ count, declined = 0, share }: WaitingLineProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  if (count === 0 && declined === 0 && !open) return null
  const isQuiet = share !== undefined || count === 0
  return (
    <div className={classes(styles.line, isQuiet && styles.quiet)}>
      <Inbox aria-hidden="true" />
      <span className={styles.words}>
        {count > 0 || declined === 0
          ? t('waiting.wait', { count })
          : t('waiting.turnedDown', { count: declined })}
      </span>
      <Button small onClick={() => setOpen(true)}>
        {t('waiting.look')}
      </Button>
      {open && <WaitingDialog share={share} onClose={() => setOpen(false)} />}
    </div>
  )
}
