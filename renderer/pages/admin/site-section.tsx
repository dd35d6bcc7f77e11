import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import { OFFERED_FLAGS } from '../../../electron/contract/values.ts'
import { useFailureText } from '../../components/failure.ts'
import { Switch } from '../../components/switch.tsx'
import { useToast } from '../../components/toast.tsx'
import { useMe } from '../../me.ts'
import { queryKey, useApiAction } from '../../queries.ts'
import { Section } from './section.tsx'
import styles from './site-section.module.css'

type Offered = (typeof OFFERED_FLAGS)[number]

/** The household's features: switches for super admins, for other admins what is on. */
export function SiteSection() {
  const { t } = useTranslation()
  const { may } = useMe()
  return (
    <Section id="site" title={t('admin.section.site')}>
      <p className={styles.text}>{t(may.superAdminister ? 'site.text' : 'site.textAdmin')}</p>
      <ul className={styles.features}>
        {OFFERED_FLAGS.map((flag) => (
          <Feature key={flag} flag={flag} />
        ))}
      </ul>
    </Section>
  )
}

function Feature({ flag }: { flag: Offered }) {
  const { t } = useTranslation()
  const { may, flags } = useMe()
  const hint = useId()
  const switchTo = useFlagSwitch(flag)
  return (
    <li className={styles.feature}>
      <div>
        <div className={styles.name}>{t(`site.flag.${flag}.name`)}</div>
        <p id={hint} className={styles.hint}>
          {t(`site.flag.${flag}.text`)}
        </p>
      </div>
      {may.superAdminister ? (
        <Switch
          label={t(`site.flag.${flag}.name`)}
          checked={flags[flag]}
          onChange={(on) => switchTo(on)}
          describedBy={hint}
        />
      ) : (
        <span className={flags[flag] ? styles.on : styles.off}>
          {t(flags[flag] ? 'site.on' : 'site.off')}
        </span>
      )}
    </li>
  )
}

/** Switches a feature for everyone, at once, and says so with the way back. */
function useFlagSwitch(flag: Offered): (on: boolean) => void {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const failureText = useFailureText()
  const { mutateAsync } = useApiAction('flags.set', {
    onSuccess: ({ flags }) => {
      client.setQueryData<Output<'session.me'>>(queryKey('session.me', {}), (me) => me && { ...me, flags })
    },
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  const told = (on: boolean) =>
    t(on ? 'site.switchedOn' : 'site.switchedOff', { feature: t(`site.flag.${flag}.name`) })
  async function switchTo(on: boolean, isUndo: boolean) {
    const done = await mutateAsync({ flags: { [flag]: on } }).catch(() => null)
    if (done) toast(told(on), isUndo ? {} : { onUndo: () => void switchTo(!on, true) })
  }
  return (on) => void switchTo(on, false)
}
