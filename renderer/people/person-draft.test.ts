import { describe, expect, test } from 'vitest'
import type { Account } from '../../electron/contract/accounts.ts'
import { draftOf, emptyDraft, suggestUsername, toCreate, toUpdate } from './person-draft.ts'

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
  photoCount: 8,
  may: { edit: true, demote: true, setSuperAdmin: true, resetPassword: 'freely' },
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

test('a guest is added without folders, even if some were picked before', () => {
  const folders = [{ path: '/Family', access: 'read-only' as const }]
  expect(toCreate({ ...emptyDraft, role: 'guest', folders }).folders).toEqual([])
  expect(toCreate({ ...emptyDraft, role: 'viewer', folders }).folders).toEqual(folders)
})
