import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Caller } from '../../../electron/api/caller.ts'
import { accounts, shares } from '../../../electron/db/schema.ts'
import type { Act } from './acts.ts'
import { isOpen, isShown, mayShare, type Story } from './story.ts'

async function shareByLink({ world }: Story, creator: Caller, to: object, password: string | null) {
  const { id, url } = await world.get(creator, 'shares.createLink', { ...to, options: { password } })
  return { id, token: url.split('/s/')[1] ?? '', password }
}

/** The account has it at once; to an album another may add photos. */
async function shareByName(story: Story, creator: Caller, to: { albumId: number } | { photoIds: number[] }) {
  const { world } = story
  const { id } = await world.get(creator, 'shares.shareWith', { ...to, accountIds: [story.guestId] })
  const people = { id, accountIds: [story.contributorId], part: 'contributor' as const }
  if ('albumId' in to) await world.get(creator, 'shares.addPeople', people)
  story.opened[2]?.set(id, null)
  return { id, token: '', password: null }
}

/** Does one thing, in the household and by the rules. */
export async function step(story: Story, made: Act): Promise<void> {
  const { world } = story
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
        : await shareByLink(story, creator, to, made.password)
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
      const isAdded = link.added.has(photo.id)
      // of what has ended there is nothing to take out
      if (!answer.ok) expect(isAdded && !link.ended, JSON.stringify(answer)).toBe(false)
      else {
        expect(answer.value).toEqual({ withdrawn: isAdded ? [photo.id] : [] })
        link.added.delete(photo.id)
      }
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
