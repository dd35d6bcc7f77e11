import type { ApiError } from '../../electron/contract/errors.ts'

/** Why a field was refused: `name` itself or an entry of it (`folders.0.path` for `folders`); else null. */
export function fieldReason(error: ApiError | null, name: string) {
  for (const [field, reason] of Object.entries(error?.fields ?? {}))
    if (field === name || field.startsWith(`${name}.`)) return reason
  return null
}

/** Whether an error concerns none of the fields a form shows, so that it must be told for the whole form. */
export function isForWholeForm(error: ApiError, shown: readonly string[]): boolean {
  const fields = Object.keys(error.fields ?? {})
  return (
    fields.length === 0 ||
    fields.some((field) => !shown.some((name) => field === name || field.startsWith(`${name}.`)))
  )
}
