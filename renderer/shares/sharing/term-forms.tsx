import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LinkOptions } from '../../../electron/contract/shares.ts'
import { LINK_LABEL_MAX, LINK_VIEWS_MAX } from '../../../electron/contract/values.ts'
import type { ApiFailure } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { dayOf, endInDays, endOfDay } from './link-end.ts'
import styles from './term.module.css'
import type { Change } from './terms.ts'

interface FormProps {
  onChange: Change
  onDone: () => void
}

interface TermFormProps extends FormProps {
  /** what was typed as options, or why it is none */
  typed: LinkOptions | { wrong: string }
  /** what takes the term off */
  none?: { label: string; options: LinkOptions } | undefined
  /** the field, told what is wrong with it */
  children: (error: string | null, save: (options: LinkOptions) => void) => ReactNode
}

/** A field, what takes the term off, and what saves it. */
function TermForm({ typed, none, onChange, onDone, children }: TermFormProps) {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string | null>(null)
  const change = useMutation<unknown, ApiFailure, LinkOptions>({
    mutationFn: async (options) => onChange(options),
    onSuccess: onDone,
  })
  const errors = useFormErrors(change.error, ['options'])
  const save = (options: LinkOptions) => {
    setWrong(null)
    if (!change.isPending) change.mutate(options)
  }
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        // React lets the event bubble to the form of the dialog below
        event.stopPropagation()
        if ('wrong' in typed) setWrong(typed.wrong)
        else save(typed)
      }}
    >
      <div ref={errors.ref}>{children(wrong ?? errors.of('options'), save)}</div>
      <FormError text={errors.whole} />
      <div className={styles.buttons}>
        {none && (
          <Button look="quiet" onClick={() => save(none.options)}>
            {none.label}
          </Button>
        )}
        <Button type="submit" look="primary" busy={change.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}

/** A password, which is shown while it is typed: it is made to be told. */
export function PasswordForm({ hasPassword, ...form }: FormProps & { hasPassword: boolean }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  return (
    <TermForm
      {...form}
      typed={password === '' ? { wrong: t('reason.required') } : { password }}
      none={
        hasPassword ? { label: t('sharing.terms.password.remove'), options: { password: null } } : undefined
      }
    >
      {(error) => (
        <TextField
          label={t(hasPassword ? 'sharing.terms.password.other' : 'sharing.terms.password.field')}
          hint={t('sharing.terms.password.hint')}
          error={error}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={password}
          onChange={setPassword}
        />
      )}
    </TermForm>
  )
}

/** How long links are often made for, in days. */
const PRESETS = { week: 7, month: 30, year: 365 } as const

/** The last day on which it opens. */
export function EndForm({ expiresAt, ...form }: FormProps & { expiresAt: number | null }) {
  const { t } = useTranslation()
  const [day, setDay] = useState(expiresAt === null ? '' : dayOf(expiresAt))
  const end = endOfDay(day)
  const isToCome = end !== null && end > Date.now()
  return (
    <TermForm
      {...form}
      typed={isToCome ? { expiresAt: end } : { wrong: t('sharing.terms.until.past') }}
      none={
        expiresAt === null
          ? undefined
          : { label: t('sharing.terms.until.remove'), options: { expiresAt: null } }
      }
    >
      {(error, save) => (
        <>
          <TextField
            type="date"
            label={t('sharing.terms.until.field')}
            error={error}
            min={dayOf(Date.now())}
            value={day}
            onChange={setDay}
          />
          <div className={styles.presets}>
            {(['week', 'month', 'year'] as const).map((preset) => (
              <Button key={preset} small onClick={() => save({ expiresAt: endInDays(PRESETS[preset]) })}>
                {t(`sharing.terms.until.${preset}`)}
              </Button>
            ))}
          </div>
        </>
      )}
    </TermForm>
  )
}

/** How many may open it. */
export function ViewsForm({ viewLimit, ...form }: FormProps & { viewLimit: number | null }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(viewLimit === null ? '' : String(viewLimit))
  const most = /^\d+$/.test(typed.trim()) ? Number(typed) : 0
  const isRight = most >= 1 && most <= LINK_VIEWS_MAX
  return (
    <TermForm
      {...form}
      typed={isRight ? { viewLimit: most } : { wrong: t('reason.view_limit') }}
      none={
        viewLimit === null
          ? undefined
          : { label: t('sharing.terms.views.remove'), options: { viewLimit: null } }
      }
    >
      {(error) => (
        <TextField
          label={t('sharing.terms.views.field')}
          hint={t('sharing.terms.views.hint')}
          error={error}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={setTyped}
        />
      )}
    </TermForm>
  )
}

/** What its owner calls it. */
export function LabelForm({ label, ...form }: FormProps & { label: string }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(label)
  return (
    <TermForm {...form} typed={{ label: typed.trim() }}>
      {(error) => (
        <TextField
          label={t('sharing.terms.label.field')}
          hint={t('sharing.terms.label.hint')}
          error={error}
          maxLength={LINK_LABEL_MAX}
          autoComplete="off"
          value={typed}
          onChange={setTyped}
        />
      )}
    </TermForm>
  )
}
