import type { Input } from '../../../electron/contract/contract.ts'
import type { call as callProcedure } from '../../api.ts'
import type { Act } from './run.ts'

/** How procedures are called: by the page, or in a test's own way. */
type Call = typeof callProcedure

type Mark = Omit<Input<'photos.update'>, 'ids'>

/** Archives photos, marks them private, or takes either mark away. */
export const markThem =
  (call: Call, mark: Mark): Act =>
  async (ids) => {
    const { changed, undo } = await call('photos.update', { ...mark, ids: [...ids] })
    return {
      changed,
      undo: undo.map(({ ids: back, ...before }) => ({ ids: back, act: markThem(call, before) })),
    }
  }

/** Sets favourite, rating or caption of one's own. */
export const overlayThem =
  (call: Call, change: Omit<Input<'photos.overlay'>, 'ids'>): Act =>
  async (ids) => {
    const { changed, undo } = await call('photos.overlay', { ...change, ids: [...ids] })
    return {
      changed,
      undo: undo.map(({ ids: back, ...before }) => ({ ids: back, act: overlayThem(call, before) })),
    }
  }

/** Sets the caption for everyone with the photos' folder. */
export const captionForAll =
  (call: Call, caption: string): Act =>
  async (ids) => {
    const { changed, undo } = await call('photos.sharedCaption', { caption, ids: [...ids] })
    return {
      changed,
      undo: undo.map((before) => ({ ids: before.ids, act: captionForAll(call, before.caption) })),
    }
  }

/** Puts tags on photos, and takes others off. */
export const tagThem =
  (call: Call, change: Omit<Input<'photos.tag'>, 'ids'>): Act =>
  async (ids) => {
    const { changed, undo } = await call('photos.tag', { ...change, ids: [...ids] })
    return {
      changed,
      undo: undo.map(({ ids: back, ...before }) => ({ ids: back, act: tagThem(call, before) })),
    }
  }

/** Where photos stood in an album. */
type Places = ReadonlyMap<number, NonNullable<Input<'albums.add'>['places']>[number]>

/** Puts photos into an album: at its end, or where each stood. */
export const putInAlbum =
  (call: Call, id: number, places?: Places): Act =>
  async (ids) => {
    // all of them have a place, or none
    const stood = ids.flatMap((photo) => places?.get(photo) ?? [])
    const { changed, undo } = await call('albums.add', {
      id,
      ids: [...ids],
      ...(places && { places: stood }),
    })
    return { changed, undo: undo.map((taken) => ({ ids: taken.ids, act: takeFromAlbum(call, id) })) }
  }

/** Takes photos out of an album. */
export const takeFromAlbum =
  (call: Call, id: number): Act =>
  async (ids) => {
    const { changed, undo } = await call('albums.take', { id, ids: [...ids] })
    return {
      changed,
      undo: undo.map(({ ids: back, places = [] }) => {
        const stood = new Map(places.map((place, index) => [back[index] ?? 0, place]))
        return { ids: back, act: putInAlbum(call, id, places.length > 0 ? stood : undefined) }
      }),
    }
  }

/** Adds photos to an album that somebody else shares with the account. */
export const contributeTo =
  (call: Call, share: number): Act =>
  async (ids) => {
    const { added } = await call('shares.contribute', { share, photoIds: [...ids] })
    return { changed: added, undo: stepsTo(added, withdrawFrom(call, share)) }
  }

/** Takes photos out of a shared album that were added to it; the album's own are left alone. */
export const withdrawFrom =
  (call: Call, share: number): Act =>
  async (ids) => {
    const { withdrawn } = await call('shares.withdraw', { share, photoIds: [...ids] })
    return { changed: withdrawn, undo: stepsTo(withdrawn, bringBackTo(call, share)) }
  }

const bringBackTo =
  (call: Call, share: number): Act =>
  async (ids) => {
    const { broughtBack } = await call('shares.bringBack', { share, photoIds: [...ids] })
    return { changed: broughtBack, undo: [] }
  }

const stepsTo = (ids: readonly number[], act: Act) => (ids.length > 0 ? [{ ids, act }] : [])

/** Puts photos of an album in front of one of the others, or at its end. */
export const arrangeInAlbum =
  (call: Call, id: number, before: number | null): Act =>
  async (ids) => {
    const { changed, undo } = await call('albums.arrange', { id, before, ids: [...ids] })
    return {
      changed,
      undo: undo.map((back) => ({ ids: back.ids, act: arrangeInAlbum(call, id, back.before) })),
    }
  }

/** Chooses an album's cover; null: its first photo. */
export const makeCover =
  (call: Call, id: number, coverPhotoId: number | null): Act =>
  async (ids) => {
    const { undo } = await call('albums.update', { id, coverPhotoId })
    return {
      changed: undo.length > 0 ? ids : [],
      undo: undo.map((back) => ({ ids, act: makeCover(call, id, back.coverPhotoId ?? null) })),
    }
  }
