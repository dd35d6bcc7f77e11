import { describe, expect, test } from 'vitest'
import type { Account } from '../../electron/contract/accounts.ts'
import { draftOf, emptyDraft, parseQuota, suggestUsername, toCreate, toUpdate } from './person-draft.ts'

const rose: Account = {
  id: 3,
  username: 'rose',
  name: 'Grandma',
  email: null,
  role: 'viewer',
  superAdmin: false,
  mayLogIn: true,
  webdav: false,
  mayShare: true,
  quotaBytes: null,
  note: '',
  mustChangePassword: false,
  pending: false,
  createdAt: 0,
  lastSeenAt: null,
  folders: [{ id: 1, path: '/Family', access: 'read-only', mayShare: false, online: true }],
  totp: false,
  photoCount: 8,
  may: {
    edit: true,
    demote: true,
    setSuperAdmin: true,
    setAllowances: true,
    viewAs: true,
    clearTotp: false,
    resetPassword: 'freely',
  },
}

test.each([
  ['Ada Lovelace', 'ada'],
  ['Jürgen Groß', 'juergen'],
  ['Élodie', 'elodie'],
  ["O'Neil", 'oneil'],
  ['  ', ''],
  ['Ольга', ''],
])('a username made of %j is %j', (name, expected) => expect(suggestUsername(name)).toBe(expected))

describe('editing', () => {
  test('an untouched draft changes nothing', () => {
    expect(toUpdate(rose, draftOf(rose))).toEqual({ id: 3 })
  })

  test('only what was changed is sent, and a folder keeps whether it may be shared', () => {
    const draft = draftOf(rose)
    const [family] = draft.folders
    const folders = [{ ...family, path: '/Family', access: 'read-write' as const }]
    expect(toUpdate(rose, { ...draft, name: 'Rose', folders })).toEqual({
      id: 3,
      name: 'Rose',
      folders: [{ path: '/Family', access: 'read-write', mayShare: false }],
    })
  })

  test('a role of a newer version stays unless another is chosen', () => {
    const newer = { ...rose, role: 'curator' }
    expect(toUpdate(newer, { ...draftOf(newer), name: 'Rose' })).toEqual({ id: 3, name: 'Rose' })
    expect(toUpdate(newer, { ...draftOf(newer), role: 'user' })).toEqual({ id: 3, role: 'user' })
  })
})

test('switches, quota, note and a password to be changed are sent where they differ, in bytes', () => {
  const draft = { ...draftOf(rose), mayLogIn: false, webdav: true, mayShare: false, mustChangePassword: true }
  expect(toUpdate(rose, { ...draft, quota: '2,5', note: 'upstairs' })).toEqual({
    id: 3,
    mayLogIn: false,
    webdav: true,
    mayShare: false,
    mustChangePassword: true,
    quotaBytes: 2_500_000_000,
    note: 'upstairs',
  })
  const limited = { ...rose, quotaBytes: 50_000_000_000, note: 'upstairs' }
  expect(toUpdate(limited, draftOf(limited))).toEqual({ id: 3 })
  expect(toUpdate(limited, { ...draftOf(limited), quota: ' ', note: '' })).toEqual({
    id: 3,
    quotaBytes: null,
    note: '',
  })
})

test.each([
  ['', null],
  ['50', 50_000_000_000],
  ['0', 0],
  [' 0.5 ', 500_000_000],
  ['1,', 1_000_000_000],
  ['999999', 999_999_000_000_000],
  ['1000000', undefined],
  ['-1', undefined],
  ['ten', undefined],
  ['1.2345', undefined],
])('a quota typed as %j is %j bytes', (typed, bytes) => expect(parseQuota(typed)).toBe(bytes))

test('a super admin keeps folders under any role', () => {
  const folders = [{ path: '/Family', access: 'read-only' as const }]
  const draft = { ...emptyDraft, role: 'guest' as const, superAdmin: true, folders }
  expect(toCreate(draft).folders).toEqual(folders)
})

test('a guest is added without folders, even if some were picked before', () => {
  const folders = [{ path: '/Family', access: 'read-only' as const }]
  expect(toCreate({ ...emptyDraft, role: 'guest', folders }).folders).toEqual([])
  expect(toCreate({ ...emptyDraft, role: 'viewer', folders }).folders).toEqual(folders)
})
