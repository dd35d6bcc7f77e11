import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from '../../electron/api/caller.ts'
import { accounts, files, photos, shares } from '../../electron/db/schema.ts'
import { makeWorld, type PhotoName, type World } from '../access-matrix/world.ts'
import { visitorIn } from '../support/visitor.ts'

// Whatever is shared by links and by name, added to, edited, revoked and opened, in whatever order: after each step every holder is answered about every photo of every
// link as a model says that knows nothing of the program but its rules.

const STORIES = 20
const STEPS = 10
const PLACES = ['own', 'shared'] as const
const MARKS = ['private', 'archived'] as const
const PASSWORDS = ['swordfish', 'open sesame'] as const

let world: World
beforeAll(async () => {
  world = await makeWorld()
}, 60_000)
afterAll(() => world.close())

const small = (max: number) => fc.nat({ max })
const password = fc.constantFrom(null, ...PASSWORDS)
/** Which of the links there are; more of them than that go round. */
const link = fc.nat({ max: 11 })
const act = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('share' as const),
      // by name: with the account, and no address
      byName: fc.boolean(),
      album: fc.boolean(),
      photos: fc.uniqueArray(small(5), { minLength: 2, maxLength: 5 }),
      password,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      link,
      who: small(2),
      // `right`: whatever the link asks for
      password: fc.constantFrom('right', 'right', 'right', undefined, '', ...PASSWORDS),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), link, password }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      photo: small(5),
      mark: fc.constantFrom(...MARKS),
      on: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      own: fc.constantFrom(true, true, false),
      shared: fc.constantFrom(true, true, false),
      sharedOn: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take' as const), link, photo: small(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stand' as const),
      role: fc.constantFrom('user' as const, 'user' as const, 'viewer' as const),
      mayLogIn: fc.constantFrom(true, true, false),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), link, over: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), link, byAdmin: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), link }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('contribute' as const), link, photo: small(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('withdraw' as const),
      link,
      photo: small(5),
      byOwner: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lend' as const), on: fc.boolean() }) },
)
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

interface ModelLink {
  id: number
  byName: boolean
  token: string
  albumId: number | null
  held: Set<number>
  /** what the contributor added to it */
  added: Set<number>
  password: string | null
  ended: boolean
  expired: boolean
}

/** What the rules say, and the household that has to say the same. */
async function begin() {
  const everywhere = [
    { path: world.folders.own, access: 'read-write' as const, mayShare: true },
    { path: world.folders.shared, access: 'read-only' as const, mayShare: true },
  ]
  const creatorId = await world.disposable({ folders: everywhere })
  const guestId = await world.disposable({ role: 'guest' })
  // adds photos to albums that are shared by name
  const contributorId = await world.disposable({ folders: everywhere.slice(1) })
  const made = await Promise.all(Array.from({ length: 6 }, (_, n) => addPhoto(PLACES[n % 2] ?? 'own', n)))
  return {
    creatorId,
    guestId,
    contributorId,
    /** the contributor may share */
    lends: true,
    guest: await world.as(guestId),
    visitors: [visitorIn(world, '192.0.2.31'), visitorIn(world, '192.0.2.32')],
    photos: made.map((id, n) => ({ id, place: PLACES[n % 2] ?? 'own', private: false, archived: false })),
    granted: { own: true, shared: true, sharedOn: true },
    stands: { role: 'user' as 'user' | 'viewer', mayLogIn: true },
    links: [] as ModelLink[],
    /** of each holder the links that it opened, with the passwords that it gave */
    opened: [
      new Map<number, string | null>(),
      new Map<number, string | null>(),
      new Map<number, string | null>(),
    ],
  }
}
type Story = Awaited<ReturnType<typeof begin>>

/** A row as a scan would make it, beside a photo of the world. */
async function addPhoto(place: PhotoName, n: number): Promise<number> {
  const { db } = world.services
  const [photo] = await db.read.select().from(photos).where(eq(photos.id, world.photo[place]))
  const [file] = await db.read.select().from(files).where(eq(files.photoId, world.photo[place]))
  if (!photo || !file) throw new Error('the world has a photo')
  const { id: _id, month: _month, shelf: _shelf, ...row } = photo
  return db.write(async (tx) => {
    const takenAt = `2024-05-0${n + 1}T12:00:00.000`
    const [made] = await tx
      .insert(photos)
      .values({ ...row, takenAt })
      .returning({ id: photos.id })
    const photoId = made?.id ?? 0
    const { areaId, directoryId } = file
    await tx
      .insert(files)
      .values({ photoId, areaId, directoryId, name: `made ${photoId}.jpg`, sizeBytes: 1, mtimeMs: 1 })
    return photoId
  })
}

const mayShare = (story: Story, photo: Story['photos'][number]) =>
  photo.place === 'own' ? story.granted.own : story.granted.shared && story.granted.sharedOn

const isOpen = ({ stands }: Story, link: ModelLink) =>
  !link.ended && !link.expired && stands.role === 'user' && stands.mayLogIn

function isShown(story: Story, link: ModelLink, index: number): boolean {
  const photo = story.photos[index]
  if (!photo) return false
  const isAdded = link.added.has(photo.id)
  if (!(link.held.has(photo.id) || isAdded)) return false
  if (!mayShare(story, photo) && !(isAdded && story.lends)) return false
  return !photo.private && !(photo.archived && link.albumId !== null)
}

/** What a holder is answered about a photo of a link. */
function expected(story: Story, who: number, link: ModelLink, index: number): string {
  const opened = story.opened[who]
  if (who < 2 && opened?.size === 0) return 'unauthenticated'
  const given = opened?.get(link.id)
  if (given === undefined || !isOpen(story, link)) return 'not_found'
  if (link.password !== null && given !== link.password) return 'forbidden'
  return isShown(story, link, index) ? 'ok' : 'not_found'
}

async function shareByLink(creator: Caller, to: object, password: string | null) {
  const { id, url } = await world.get(creator, 'shares.createLink', { ...to, options: { password } })
  return { id, token: url.split('/s/')[1] ?? '', password }
}

/** The account has it at once; to an album another may add photos. */
async function shareByName(story: Story, creator: Caller, to: { albumId: number } | { photoIds: number[] }) {
  const { id } = await world.get(creator, 'shares.shareWith', { ...to, accountIds: [story.guestId] })
  const people = { id, accountIds: [story.contributorId], part: 'contributor' as const }
  if ('albumId' in to) await world.get(creator, 'shares.addPeople', people)
  story.opened[2]?.set(id, null)
  return { id, token: '', password: null }
}

async function step(story: Story, made: Act): Promise<void> {
  const creator = await world.as(story.creatorId)
  const mayAct = story.stands.role === 'user' && story.stands.mayLogIn
  const link = 'link' in made ? story.links[made.link % Math.max(1, story.links.length)] : undefined
  switch (made.do) {
    case 'share': {
      if (story.links.length > 3 || !mayAct) return
      const chosen = made.photos.flatMap((n) => story.photos[n] ?? [])
      const shareable = chosen.every((photo) => !photo.private && mayShare(story, photo))
      const sees = chosen.every((photo) => story.granted[photo.place])
      if (made.album ? !sees : !shareable) return
      const photoIds = chosen.map(({ id }) => id)
      const albumId = made.album
        ? (await world.get(creator, 'albums.create', { title: 'One', photoIds })).id
        : null
      const to = albumId === null ? { photoIds } : { albumId }
      const { id, token, password } = made.byName
        ? await shareByName(story, creator, to)
        : await shareByLink(creator, to, made.password)
      const rest = {
        albumId,
        held: new Set(photoIds),
        added: new Set<number>(),
        ended: false,
        expired: false,
      }
      story.links.push({ id, token, password, byName: made.byName, ...rest })
      return
    }
    case 'edit': {
      if (!link || link.ended || link.byName || !mayAct) return
      await world.get(creator, 'shares.update', { id: link.id, options: { password: made.password } })
      // whoever gave the same before gives it again: a password that was set anew is a new one
      for (const opened of story.opened)
        if (made.password !== null && opened.has(link.id)) opened.set(link.id, null)
      link.password = made.password
      return
    }
    case 'expire':
      if (!link || link.ended) return
      await world.services.db.write((tx) =>
        tx
          .update(shares)
          .set({ expiresAt: made.over ? 1 : null })
          .where(eq(shares.id, link.id)),
      )
      link.expired = made.over
      return
    case 'revoke':
      if (!link || link.ended || !(made.byAdmin || mayAct)) return
      await world.get(made.byAdmin ? await world.as(world.idOf('admin')) : creator, 'shares.revoke', {
        id: link.id,
      })
      link.ended = true
      story.opened[2]?.delete(link.id)
      return
    case 'remove':
      // taking back is never taken away, but of whoever may not log in
      if (!link?.byName || link.ended || !story.stands.mayLogIn) return
      await world.get(creator, 'shares.removePeople', { id: link.id, accountIds: [story.guestId] })
      link.ended = true
      story.opened[2]?.delete(link.id)
      return
    case 'open': {
      if (!link || link.byName) return
      const said = made.password === 'right' ? (link.password ?? undefined) : made.password
      const input = { token: link.token, ...(said !== undefined && { password: said }) }
      const opened = story.opened[made.who]
      const visitor = story.visitors[made.who]
      const answer = visitor
        ? await visitor.outcome('shares.open', input)
        : await world
            .call(story.guest, 'shares.open', input)
            .then((result) => (result.ok ? 'ok' : result.error.code))
      const given = opened?.get(link.id)
      const has = given !== undefined && (link.password === null || given === link.password)
      const right = has || link.password === null || said === link.password
      expect(answer === 'ok', `${made.do} ${answer}`).toBe(isOpen(story, link) && right)
      if (answer === 'ok' && !has) opened?.set(link.id, link.password)
      return
    }
    case 'take': {
      if (!link || link.albumId === null || !mayAct) return
      const photo = story.photos[made.photo]
      if (!photo || !link.held.has(photo.id) || !story.granted[photo.place]) return
      await world.get(creator, 'albums.take', { id: link.albumId, ids: [photo.id] })
      link.held.delete(photo.id)
      return
    }
    case 'mark': {
      const photo = story.photos[made.photo]
      if (!photo) return
      const admin = await world.as(world.idOf('admin'))
      await world.get(admin, 'photos.update', { ids: [photo.id], [made.mark]: made.on })
      photo[made.mark] = made.on
      return
    }
    case 'grant': {
      const folders = [
        ...(made.own ? [{ path: world.folders.own, access: 'read-write' as const, mayShare: true }] : []),
        ...(made.shared
          ? [{ path: world.folders.shared, access: 'read-only' as const, mayShare: made.sharedOn }]
          : []),
      ]
      await world.get(await world.as(world.idOf('super')), 'accounts.update', {
        id: story.creatorId,
        folders,
      })
      story.granted = { own: made.own, shared: made.shared, sharedOn: made.sharedOn }
      return
    }
    case 'contribute': {
      const photo = story.photos[made.photo]
      if (!link?.byName || link.albumId === null || !photo || !isOpen(story, link)) return
      const answer = await world.call(await world.as(story.contributorId), 'shares.contribute', {
        ...{ share: link.id, photoIds: [photo.id] },
      })
      const may = story.lends && photo.place === 'shared' && !photo.private
      expect(answer.ok, JSON.stringify(answer)).toBe(may)
      // what it shows already is not added
      if (may && !isShown(story, link, made.photo)) link.added.add(photo.id)
      return
    }
    case 'withdraw': {
      const photo = story.photos[made.photo]
      if (!link || !photo || (made.byOwner && !story.stands.mayLogIn)) return
      const by = made.byOwner ? creator : await world.as(story.contributorId)
      const answer = await world.call(by, 'shares.withdraw', { share: link.id, photoIds: [photo.id] })
      const withdrawn = link.added.delete(photo.id) ? [photo.id] : []
      if (answer.ok) expect(answer.value).toEqual({ withdrawn })
      else expect(withdrawn).toEqual([])
      return
    }
    case 'lend':
      await world.services.db.write((tx) =>
        tx.update(accounts).set({ mayShare: made.on }).where(eq(accounts.id, story.contributorId)),
      )
      story.lends = made.on
      return
    case 'stand': {
      const { role, mayLogIn } = made
      await world.services.db.write((tx) =>
        tx.update(accounts).set({ role, mayLogIn }).where(eq(accounts.id, story.creatorId)),
      )
      story.stands = { role, mayLogIn }
    }
  }
}

/** Asks all there is to be asked. */
async function check(story: Story): Promise<void> {
  for (const link of story.links)
    for (const who of [0, 1, 2]) {
      const caller = (await story.visitors[who]?.caller()) ?? story.guest
      for (const [index, { id }] of story.photos.entries()) {
        const answer = expected(story, who, link, index)
        const asked: [string, object][] = [
          ['shares.photo', { share: link.id, id }],
          ['media.mayHeld', { share: link.id, id, kind: 'thumb', version: '1' }],
        ]
        // the one or the other, in turn: there is much to be asked
        const [procedure, input] = asked[(who + index) % 2] ?? ['', {}]
        const result = await world.call(caller, procedure, input)
        const found = result.ok ? 'ok' : result.error.code
        expect([procedure, found], `holder ${who}, link ${link.id}, photo ${index}`).toEqual([
          procedure,
          answer,
        ])
      }
      const months = await world.call(caller, 'shares.months', { share: link.id })
      const shown = story.photos.filter((_, index) => expected(story, who, link, index) === 'ok').length
      if (months.ok) expect(countIn(months.value)).toBe(shown)
      else expect(shown).toBe(0)
    }
}

/** Whoever administers is told of each photo what shows it. */
async function checkTold(story: Story): Promise<void> {
  const admin = await world.as(world.idOf('super'))
  // of what ended by name some may have it still, who are not the model's matter
  const known = story.links.filter(({ byName, ended }) => !(byName && ended))
  for (const [index, { id }] of story.photos.entries()) {
    const told = (await world.get(admin, 'shares.showing', { photoId: id })).shares.map((share) => share.id)
    const showing = known.filter((link) => isOpen(story, link) && isShown(story, link, index))
    expect(
      known.filter((link) => told.includes(link.id)),
      `photo ${index}`,
    ).toEqual(showing)
  }
}

const countIn = (value: unknown) =>
  (value as { months: { count: number }[] }).months.reduce((sum, { count }) => sum + count, 0) // dispatch has parsed it

/** Every story begins with something that is open. */
const FIRST: readonly Act[] = [
  { do: 'share', byName: false, album: false, photos: [0, 1, 2], password: null },
  { do: 'share', byName: false, album: true, photos: [0, 1, 3], password: PASSWORDS[0] },
  { do: 'share', byName: true, album: true, photos: [0, 1, 2], password: null },
  { do: 'contribute', link: 2, photo: 3 },
  ...[0, 2].flatMap((who) => [0, 1].map((at): Act => ({ do: 'open', link: at, who, password: 'right' }))),
]

test('links show what the rules say, after any story', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: STEPS }), async (acts) => {
      const story = await begin()
      for (const one of [...FIRST, ...acts]) {
        await step(story, one)
        await check(story)
        await checkTold(story)
      }
    }),
    { numRuns: STORIES },
  )
})
