import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../../electron/contract/errors.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import styles from './login.module.css'

/** The second step of a login, once the password was right and the account has a second factor. */
interface CodeStep {
  /** null while nothing but the password is asked for */
  asked: 'app' | 'recovery' | null
  code: string
  field: RefObject<HTMLInputElement | null>
  setCode: (code: string) => void
  ask: (kind: CodeStep['asked']) => void
  /** Follows a refused login: the step begins, goes on, or is over. Answers whether the code is asked for now. */
  refused: (error: ApiError) => boolean
  /** what goes along with the password */
  input: { code?: string }
}

/** Keeps what the second step of a login needs. */
export function useCodeStep(): CodeStep {
  const [asked, setAsked] = useState<CodeStep['asked']>(null)
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const ask = (kind: CodeStep['asked']) => {
    setAsked(kind)
    setCode('')
  }
  return {
    asked,
    code,
    field,
    setCode,
    ask,
    refused({ code: error, reason }) {
      if (reason === 'code_needed') ask('app')
      else if (reason === 'factor_unreadable') ask('recovery')
      else if (reason === 'code_wrong' || (asked !== null && error !== 'unauthenticated'))
        field.current?.select()
      else {
        ask(null)
        return false
      }
      return true
    },
    input: asked === null ? {} : { code },
  }
}

interface CodeFieldProps {
  step: CodeStep
  error: string | null
}

/** The code of the app, or a recovery code instead; below, the way to the other and back to the password. */
export function CodeField({ step, error }: CodeFieldProps) {
  const { t } = useTranslation()
  const fromApp = step.asked === 'app'
  return (
    <>
      <TextField
        // another field, not the same one with other words: it has the focus and is read out
        key={step.asked}
        ref={step.field}
        label={t(fromApp ? 'login.code' : 'login.recoveryCode')}
        hint={t(fromApp ? 'login.codeHint' : 'login.recoveryHint')}
        value={step.code}
        onChange={step.setCode}
        error={error}
        inputMode={fromApp ? 'numeric' : 'text'}
        autoComplete={fromApp ? 'one-time-code' : 'off'}
        autoCapitalize={fromApp ? 'none' : 'characters'}
        spellCheck={false}
        maxLength={100}
        autoFocus
      />
      <div className={styles.otherWays}>
        <Button look="quiet" small onClick={() => step.ask(fromApp ? 'recovery' : 'app')}>
          {t(fromApp ? 'login.useRecovery' : 'login.useApp')}
        </Button>
        <Button look="quiet" small onClick={() => step.ask(null)}>
          {t('login.backToPassword')}
        </Button>
      </div>
    </>
  )
}
