import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../components/select.tsx'
import { Page } from '../frame/page.tsx'
import { useMe } from '../me.ts'
import { JobList } from './job-list.tsx'
import styles from './jobs.module.css'

const WHOSE = ['all', 'own'] as const

/** The jobs of the folders somebody has, for those who are no admins; what they began they may stop and run again. */
export function JobsPage() {
  const { t } = useTranslation()
  const { account } = useMe()
  const [whose, setWhose] = useState<(typeof WHOSE)[number]>('all')
  return (
    <Page title={t('jobs.own.title')} wide>
      <div className={styles.own}>
        <div className={styles.ownHead}>
          <p className={styles.facts}>{t('jobs.own.text')}</p>
          <Select
            label={t('jobs.who')}
            value={whose}
            onChange={setWhose}
            options={WHOSE.map((value) => ({ value, label: t(`jobs.own.whose.${value}`) }))}
          />
        </div>
        <JobList
          question={whose === 'own' ? { startedBy: account.id } : {}}
          none={t(whose === 'own' ? 'jobs.own.noneOwn' : 'jobs.own.none')}
        />
      </div>
    </Page>
  )
}
