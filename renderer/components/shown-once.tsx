import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { TextField } from './field.tsx'
import styles from './shown-once.module.css'
import { useCopy } from './use-copy.ts'

interface ShownOnceProps {
  label: string
  text: string
}

/** A secret to be typed or copied elsewhere; the whole of it is selected when it has the focus. */
export function ShownOnce({ label, text }: ShownOnceProps) {
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
      <IconButton
        className={styles.copy}
        label={`${t('factor.copy')}: ${label}`}
        onClick={() => void copy(text)}
      >
        <Copy />
      </IconButton>
    </div>
  )
}
