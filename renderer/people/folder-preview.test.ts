import { describe, expect, test } from 'vitest'
import type { Folder } from '../../electron/contract/folders.ts'
import { isWithin, previewFolder } from './folder-preview.ts'

const holder = (id: number, name: string) => ({
  id,
  name,
  username: name.toLowerCase(),
  access: 'read-write' as const,
})
const folder = (id: number, path: string, photoCount: number, accounts: Folder['accounts']): Folder => ({
  id,
  path,
  photoCount,
  accounts,
  online: true,
  offlineReason: null,
  registered: false,
  lastScanAt: null,
  vanishedCount: 0,
})
const folders = [
  folder(1, '/photos/Family', 80, [holder(1, 'Ada'), holder(2, 'Ben')]),
  folder(2, '/photos/Family/2024', 20, [holder(3, 'Rose')]),
]

test('paths are compared by their parts, never as text', () => {
  expect(isWithin('/photos/Family/2024', '/photos/Family')).toBe(true)
  expect(isWithin('/photos/Family2', '/photos/Family')).toBe(false)
  expect(isWithin('C:\\Photos\\Ada', 'C:\\Photos')).toBe(true)
})

describe('the preview of a folder', () => {
  test('names everyone who sees it, through folders around it too, but not the account itself', () => {
    expect(previewFolder('/photos/Family/2024', folders, 2)).toEqual({
      photoCount: 20,
      alsoSeenBy: ['Ada', 'Rose'],
    })
  })

  test('a folder that is not known on its own has no count', () => {
    expect(previewFolder('/photos/Family/2023', folders, null)).toEqual({
      photoCount: null,
      alsoSeenBy: ['Ada', 'Ben'],
    })
    expect(previewFolder('/elsewhere', folders, null)).toEqual({ photoCount: null, alsoSeenBy: [] })
  })
})
