import { expect, test } from 'vitest'
import type { Link } from '../../../electron/contract/shares.ts'
import { sortShares } from './share-of.ts'

const LINK: Link = {
  id: 1,
  creator: { id: 1, username: 'ada', name: 'Ada' },
  content: { kind: 'photos' },
  direct: false,
  label: '',
  url: 'http://localhost/s/x',
  hasPassword: false,
  expiresAt: null,
  viewLimit: null,
  views: 0,
  download: 'none',
  hidePlaces: false,
  hideCamera: false,
  upload: null,
  waiting: 0,
  createdAt: 0,
  lastOpenedAt: null,
  closed: null,
  count: 1,
  cover: null,
  guests: [],
  contributed: 0,
  may: { update: true, revoke: true },
}
const link = (id: number, facts: Partial<Link> = {}): Link => ({ ...LINK, id, ...facts })

/** The ids of what stands where. */
const sorted = (...given: Parameters<typeof sortShares>) => {
  const { direct, link: shown, rest } = sortShares(...given)
  return { direct: direct?.id ?? null, link: shown?.id ?? null, rest: rest.map(({ id }) => id) }
}

test('of an album, the newest link that opens and what is shared by name stand in front', () => {
  const links = [
    link(5, { closed: 'expired' }),
    link(4),
    link(3, { direct: true, url: null }),
    link(2),
    link(1, { url: null }),
  ]
  expect(sorted({ albumId: 1 }, links, [])).toEqual({ direct: 3, link: 4, rest: [5, 2, 1] })
  expect(sorted({ folderId: 1 }, [], [])).toEqual({ direct: null, link: null, rest: [] })
})

test('what holds other photos too is never changed as if it were of one alone', () => {
  const links = [link(3, { count: 30 }), link(2, { count: 30, direct: true, url: null }), link(1)]
  expect(sorted({ photoIds: [9] }, links, [])).toEqual({ direct: null, link: 1, rest: [3, 2] })
})

test('of several picked photos there is what was made of them in the dialog, and nothing else', () => {
  const links = [link(3, { count: 2 }), link(2, { count: 2, direct: true, url: null }), link(1)]
  expect(sorted({ photoIds: [8, 9] }, links, [])).toEqual({ direct: null, link: null, rest: [] })
  expect(sorted({ photoIds: [8, 9] }, links, [2])).toEqual({ direct: 2, link: null, rest: [] })
  expect(sorted({ photoIds: [8, 9] }, links, [3, 2])).toEqual({ direct: 2, link: 3, rest: [] })
})

test('what may not be changed is not added to', () => {
  const one = link(1, { direct: true, url: null, may: { update: false, revoke: true } })
  expect(sorted({ albumId: 1 }, [one], [])).toEqual({ direct: null, link: null, rest: [1] })
})
