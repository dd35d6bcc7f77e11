import { Copy, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { QrCode } from '../../components/qr-code.tsx'
import { useCopy } from '../../components/use-copy.ts'
import { formatMoment } from '../../format.ts'
import styles from './lan-section.module.css'

type Status = Output<'lan.status'>

/** Whether the house is served, where, and how its certificate is trusted. */
export function LanAddresses({ status }: { status: Status }) {
  const { t } = useTranslation()
  const { state, reason, urls, authority } = status
  return (
    <div className={styles.status}>
      <p role="status" className={classes(styles.state, styles[state])}>
        {t(`lan.state.${state}`)}
        {reason && ` ${t(`reason.${reason}`)}`}
      </p>
      {state === 'off' && <p className={styles.hint}>{t('lan.switch')}</p>}
      {urls.length > 0 && <Addresses urls={urls} />}
      {authority && <Trust authority={authority} />}
    </div>
  )
}

/** The addresses; the code is of the one that was chosen, at first of the best. */
function Addresses({ urls }: { urls: readonly string[] }) {
  const { t } = useTranslation()
  const copy = useCopy()
  const [chosen, setChosen] = useState('')
  const shown = urls.includes(chosen) ? chosen : (urls[0] ?? '')
  return (
    <div className={styles.addresses}>
      <QrCode text={shown} label={t('lan.code', { address: shown })} />
      <div className={styles.list}>
        <p className={styles.hint}>{t('lan.addresses')}</p>
        <fieldset className={styles.urls}>
          <legend className={styles.hidden}>{t('lan.codeOf')}</legend>
          {urls.map((url) => (
            <div key={url} className={styles.url}>
              <label className={styles.choice}>
                <input type="radio" name="lan-url" checked={url === shown} onChange={() => setChosen(url)} />
                <span>{url}</span>
              </label>
              <IconButton label={t('lan.copy', { address: url })} onClick={() => void copy(url)}>
                <Copy />
              </IconButton>
            </div>
          ))}
        </fieldset>
      </div>
    </div>
  )
}

/** The authority's certificate, and what to do with it. */
function Trust({ authority }: { authority: NonNullable<Status['authority']> }) {
  const { t } = useTranslation()
  return (
    <div className={styles.trust}>
      <h3 className={styles.name}>{t('lan.trust.title')}</h3>
      <p className={styles.hint}>{t('lan.trust.text')}</p>
      <ul className={styles.steps}>
        {(['apple', 'android', 'computer'] as const).map((system) => (
          <li key={system}>{t(`lan.trust.${system}`)}</li>
        ))}
      </ul>
      <dl className={styles.facts}>
        <dt>{t('lan.trust.fingerprint')}</dt>
        <dd className={styles.print}>{authority.fingerprint}</dd>
        <dt>{t('lan.trust.until')}</dt>
        <dd>{formatMoment(authority.expiresAt)}</dd>
      </dl>
      <Button small icon={<Download />} onClick={() => download(authority.certificate)}>
        {t('lan.trust.download')}
      </Button>
    </div>
  )
}

function download(certificate: string): void {
  const url = URL.createObjectURL(new Blob([certificate], { type: 'application/x-x509-ca-cert' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'mantel-authority.crt'
  link.click()
  // the browser has taken the file over by then
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
