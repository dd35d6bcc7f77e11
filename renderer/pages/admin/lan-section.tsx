import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useApi } from '../../queries.ts'
import { LanAddresses } from './lan-addresses.tsx'
import { LanForm } from './lan-form.tsx'
import styles from './lan-section.module.css'
import card from './library-section.module.css'
import { Section } from './section.tsx'

/** How browsers in the house, and from outside, reach this household. */
export function LanSection() {
  const { t } = useTranslation()
  const status = useApi('lan.status', {})
  const settings = useApi('settings.lan', {})
  const error = (status.data ? null : status.error) ?? (settings.data ? null : settings.error)
  const retry = () => {
    void status.refetch()
    void settings.refetch()
  }
  return (
    <Section id="lan" title={t('admin.section.lan')}>
      <p className={styles.text}>{t('lan.text')}</p>
      {error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <div className={card.card}>
          {status.data && settings.data ? (
            <>
              <LanAddresses status={status.data} />
              <LanForm settings={settings.data} />
            </>
          ) : (
            <div className={card.part}>
              <Skeleton height={420} />
            </div>
          )}
        </div>
      )}
    </Section>
  )
}
