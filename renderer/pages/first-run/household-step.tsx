import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiFailure } from '../../api.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { FormError } from '../../components/form-error.tsx'
import { AddPersonDialog } from '../../people/person-dialogs.tsx'
import { useApi } from '../../queries.ts'
import { useRoleName } from '../../role-name.ts'
import styles from './first-run.module.css'

interface HouseholdStepProps {
  onBack?: () => void
  onFinish: () => void
  busy: boolean
  error: ApiFailure | null
}

/** The third step: add the others now or later, and what accounts do and do not protect. */
export function HouseholdStep({ onBack, onFinish, busy, error }: HouseholdStepProps) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const roleName = useRoleName()
  const [adding, setAdding] = useState(false)
  const people = useApi('accounts.list', {})
  return (
    <div className={styles.form}>
      <h1 className={styles.title}>{t('firstRun.householdTitle')}</h1>
      <p className={styles.text}>{t('firstRun.householdText')}</p>
      <ul className={styles.people}>
        {people.data?.accounts.map((person) => (
          <li key={person.id} className={styles.person}>
            <Avatar name={person.name || person.username} username={person.username} size={40} />
            <span>
              <span className={styles.personName}>{person.name || person.username}</span>
              <span className={styles.personRole}>
                {person.superAdmin ? t('frame.superAdmin') : roleName(person.role)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <div>
        <Button icon={<UserPlus />} onClick={() => setAdding(true)}>
          {t('person.addTitle')}
        </Button>
      </div>
      <ul className={styles.plainWords}>
        <li>{t('firstRun.adminsSee')}</li>
        <li>{t('firstRun.hostOpens')}</li>
      </ul>
      <FormError text={error && failureText(error)} />
      <div className={styles.actions}>
        {onBack && <Button onClick={onBack}>{t('common.back')}</Button>}
        <Button look="primary" busy={busy} onClick={onFinish}>
          {t('firstRun.finish')}
        </Button>
      </div>
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
    </div>
  )
}
