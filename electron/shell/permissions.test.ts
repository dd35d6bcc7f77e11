import { expect, test } from 'vitest'
import { mayHavePermission } from './permissions.ts'

test.each(['fullscreen', 'clipboard-sanitized-write'])(
  'our own pages may have %s, others not',
  (permission) => {
    expect(mayHavePermission(permission, 'app://mantel')).toBe(true)
    expect(mayHavePermission(permission, 'app://mantel/photo/7')).toBe(true)
    for (const address of ['', 'null', 'https://mantel', 'app://elsewhere/', 'app://mantel.example/'])
      expect(mayHavePermission(permission, address), address).toBe(false)
  },
)

test.each(['clipboard-read', 'geolocation', 'media', 'notifications', 'openExternal', 'unknown', ''])(
  'nobody may have %j',
  (permission) => expect(mayHavePermission(permission, 'app://mantel/')).toBe(false),
)
