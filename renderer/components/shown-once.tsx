import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import styles from './shown-once.module.css'
import { useCopy } from './use-copy.ts'

interface ShownOnceProps {
  label: string
  text: string
  /** what the button says to screen readers, where several stand on a page */
  copyLabel?: string
}

/** A secret to be typed or copied elsewhere; the whole of it is selected when it has the focus. */
export function ShownOnce({ label, text, copyLabel }: ShownOnceProps) {
  const { t } = useTranslation()
  const copy = useCopy()
  return (
    <div className={styles.secret}>
      <TextField
        className={styles.text}
        label={label}
        value={text}
        onChange={() => undefined}
        readOnly
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => event.target.select()}
      />
      <Button className={styles.copy} icon={<Copy />} aria-label={copyLabel} onClick={() => void copy(text)}>
        {t('factor.copy')}
      </Button>
    </div>
  )
}
