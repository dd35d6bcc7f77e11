import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../../electron/contract/contract.ts'
import { LANGUAGES, THEMES } from '../../../electron/contract/values.ts'
import { Button } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { queryKey, useApi, useApiAction } from '../../queries.ts'
import { Choice } from './choice.tsx'
import styles from './preferences.module.css'

/** Theme and language, each chosen or inherited from the household. */
export function Looks() {
  const { t } = useTranslation()
  const settings = useApi('settings.get', {})
  const save = useSaveSettings()
  if (settings.error && !settings.data)
    return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
  const state = settings.data
  return (
    <div className={styles.rows}>
      <Row
        label={t('preferences.theme')}
        state={state && (state.inherited.theme ? 'inherited' : 'own')}
        onReset={() => save({ theme: null })}
      >
        {state ? (
          <Choice
            label={t('preferences.theme')}
            value={state.preferences.theme}
            options={THEMES.map((theme) => ({ value: theme, label: t(`preferences.themes.${theme}`) }))}
            onChange={(theme) => save({ theme })}
          />
        ) : (
          <Skeleton width={240} height={36} />
        )}
      </Row>
      <Row
        label={t('preferences.language')}
        state={state && (state.inherited.language ? 'inherited' : 'own')}
        onReset={() => save({ language: null })}
      >
        {state ? (
          <Select
            label={t('preferences.language')}
            value={state.preferences.language}
            options={LANGUAGES.map((language) => ({
              value: language,
              label: t(`preferences.languages.${language}`),
            }))}
            onChange={(language) => save({ language })}
          />
        ) : (
          <Skeleton width={160} height={36} />
        )}
      </Row>
    </div>
  )
}

interface RowProps {
  label: string
  /** where the value comes from; undefined while it is loaded */
  state: 'inherited' | 'own' | undefined
  onReset: () => void
  children: React.ReactNode
}

function Row({ label, state, onReset, children }: RowProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      {children}
      <span className={styles.origin}>
        {state === 'inherited' && t('preferences.inherited')}
        {state === 'own' && (
          <Button small look="quiet" onClick={onReset}>
            {t('preferences.reset')}
            <span className="visually-hidden">: {label}</span>
          </Button>
        )}
      </span>
    </div>
  )
}

/** Saves at once; what the window looks like follows from session.me. */
function useSaveSettings(): (change: Input<'settings.set'>) => void {
  const client = useQueryClient()
  const toast = useToast()
  const failureText = useFailureText()
  const { mutate } = useApiAction('settings.set', {
    onSuccess: (state) => {
      client.setQueryData<Output<'settings.get'>>(queryKey('settings.get', {}), state)
      client.setQueryData<Output<'session.me'>>(
        queryKey('session.me', {}),
        (me) => me && { ...me, preferences: state.preferences },
      )
    },
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return (change) => mutate(change)
}
