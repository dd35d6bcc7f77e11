import { Check, Copy, QrCode as QrIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { copyText } from '../../components/copy-text.ts'
import { TextField } from '../../components/field.tsx'
import { QrCode } from '../../components/qr-code.tsx'
import styles from './sharing.module.css'

/** How long it is said that something was copied. */
const SAID_MS = 4000

interface LinkAddressProps {
  url: string
  /** one of several: without the address itself, which is of interest to nobody */
  brief?: boolean
  /** which of several links, where it has a name */
  about: string
}

/** A link's address: to be copied, or pointed a phone at. */
export function LinkAddress({ url, brief = false, about }: LinkAddressProps) {
  const { t } = useTranslation()
  const [isCodeShown, setCodeShown] = useState(false)
  const { copied, copy } = useCopied(url)
  const named = (name: string) => (brief && about ? `${name}: ${about}` : undefined)
  const said = copied === null ? null : t(copied ? 'factor.copied' : 'factor.copyFailed')
  const look = brief ? 'quiet' : 'primary'
  return (
    <div className={styles.address}>
      {!brief && (
        <TextField
          className={styles.url}
          label={t('sharing.address')}
          value={url}
          onChange={() => undefined}
          readOnly
          spellCheck={false}
          autoComplete="off"
          onFocus={(event) => event.target.select()}
          hint={copied && said}
          error={copied === false ? said : null}
        />
      )}
      <div className={styles.buttons}>
        <Button
          look={look}
          small={brief}
          icon={copied ? <Check /> : <Copy />}
          aria-label={named(t('sharing.copy'))}
          onClick={copy}
        >
          {t('sharing.copy')}
        </Button>
        <Button
          look="quiet"
          small={brief}
          icon={<QrIcon />}
          aria-label={named(t('sharing.code'))}
          aria-expanded={isCodeShown}
          onClick={() => setCodeShown(!isCodeShown)}
        >
          {t('sharing.code')}
        </Button>
        {brief && (
          <span role="status" className={styles.quiet}>
            {said}
          </span>
        )}
      </div>
      {isCodeShown && <QrCode text={url} label={t('sharing.codeOf', { url })} />}
    </div>
  )
}

/** Copies a text, and tells for a while whether that went well. */
function useCopied(text: string) {
  const [copied, setCopied] = useState<boolean | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return { copied, copy: () => void copyText(text).then(setCopied) }
}
