import { describe, expect, test } from 'vitest'
import type { ApiError } from '../../electron/contract/errors.ts'
import { fieldReason, isForWholeForm } from './error-fields.ts'

const refusal = (fields?: ApiError['fields']): ApiError => ({
  code: 'invalid',
  message: '',
  ...(fields && { fields }),
})

describe('which field an error belongs to', () => {
  test('its own name, and the list it is an entry of', () => {
    const error = refusal({ username: 'username_taken', 'folders.1.path': 'folder_missing' })
    expect(fieldReason(error, 'username')).toBe('username_taken')
    expect(fieldReason(error, 'folders')).toBe('folder_missing')
  })

  test('never a field whose name only begins alike', () => {
    expect(fieldReason(refusal({ usernames: 'required' }), 'username')).toBeNull()
    expect(fieldReason(null, 'username')).toBeNull()
  })
})

describe('what is told for the whole form', () => {
  test('an error without fields, and one of a field the form does not show', () => {
    expect(isForWholeForm(refusal(), ['username'])).toBe(true)
    expect(isForWholeForm(refusal({ quotaBytes: 'malformed' }), ['username'])).toBe(true)
  })

  test('not what stands at its field', () => {
    expect(isForWholeForm(refusal({ 'folders.0.path': 'folder_missing' }), ['folders'])).toBe(false)
  })
})
