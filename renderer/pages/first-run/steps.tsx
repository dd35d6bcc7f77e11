import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './first-run.module.css'

const STEPS = ['you', 'pictures', 'household'] as const
export type Step = (typeof STEPS)[number]

/** Where in the first run one is. */
export function Steps({ current }: { current: Step }) {
  const { t } = useTranslation()
  const at = STEPS.indexOf(current)
  return (
    <ol className={styles.steps}>
      {STEPS.map((step, index) => (
        <li key={step} className={styles.step} aria-current={index === at ? 'step' : undefined}>
          <span className={styles.mark} data-done={index < at || undefined}>
            {index < at ? <Check aria-hidden="true" /> : index + 1}
          </span>
          {t(`firstRun.step.${step}`)}
          {index < at && <span className="visually-hidden"> {t('firstRun.done')}</span>}
        </li>
      ))}
    </ol>
  )
}
