import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiFailure } from '../api.ts'
import { fieldReason, isForWholeForm } from './error-fields.ts'
import { useFailureText } from './failure.ts'

/** What is wrong with what a form holds. */
export interface FormErrors {
  /** the sentence for a field, or null */
  of: (field: string) => string | null
  /** what concerns none of the form's fields, or null */
  whole: string | null
  /** for the form's element (or one around the fields): the first wrong field gets the focus */
  ref: RefObject<HTMLDivElement | null>
}

/**
 * Takes a refusal apart for a form.
 * @param shown the names of the fields the form shows; an error of any other is told for the whole form
 */
export function useFormErrors(failure: ApiFailure | null, shown: readonly string[]): FormErrors {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (failure) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [failure])
  const of = (field: string) => {
    const reason = fieldReason(failure?.error ?? null, field)
    return reason && t(`reason.${reason}`)
  }
  return { of, whole: failure && isForWholeForm(failure.error, shown) ? failureText(failure) : null, ref }
}
