import { Copy, Download, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button.tsx'
import { Checkbox } from '../../../components/checkbox.tsx'
import { FormError } from '../../../components/form-error.tsx'
import { useCopy } from '../../../components/use-copy.ts'
import { useMe } from '../../../me.ts'
import styles from './recovery-codes.module.css'

interface RecoveryCodesProps {
  codes: readonly string[]
  kept: boolean
  onKept: (kept: boolean) => void
  /** somebody wanted to go on without keeping them */
  isMissing: boolean
}

/** New recovery codes, shown this once, with the ways to keep them. */
export function RecoveryCodes({ codes, kept, onKept, isMissing }: RecoveryCodesProps) {
  const { t } = useTranslation()
  const { account } = useMe()
  const copy = useCopy()
  const head = t('factor.fileHead', { username: account.username })
  return (
    <div>
      <div className={styles.sheet}>
        <p className={styles.head}>{head}</p>
        <ul className={styles.codes} aria-label={t('factor.codesTitle')}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className={styles.actions}>
        <Button small icon={<Copy />} onClick={() => void copy(codes.join('\n'))}>
          {t('factor.copy')}
        </Button>
        <Button
          small
          icon={<Download />}
          onClick={() => download(t('factor.fileName'), [head, '', ...codes, ''].join('\n'))}
        >
          {t('factor.download')}
        </Button>
        <Button small icon={<Printer />} onClick={() => print()}>
          {t('factor.print')}
        </Button>
      </div>
      <FormError text={isMissing && !kept ? t('factor.keepFirst') : null} />
      <Checkbox text={t('factor.kept')} checked={kept} onChange={onKept} />
    </div>
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the browser takes it within the click
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
