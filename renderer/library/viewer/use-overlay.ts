import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { useToast } from '../../components/toast.tsx'
import { queryKey, useApiAction } from '../../queries.ts'
import type { Rating } from './keys.ts'
import type { Changes } from './use-changes.ts'
import { useFacts } from './use-facts.ts'
import type { Glimpse } from './use-neighbours.ts'

type Tag = Photo['tags'][number]
type Album = Photo['albums'][number]

interface SharedAlbum {
  id: number
  /** as it is told apart from one's own */
  name: string
}

/** What this account adds to the photo that is shown; each null where it may not. */
export interface Overlay {
  toggleFavourite: (() => void) | null
  /** 0 to 5 stars */
  rate: ((stars: number) => void) | null
  setCaption: ((caption: string) => void) | null
  /** for everyone with the folder */
  setSharedCaption: ((caption: string) => void) | null
  /** `forAll`: for everyone with the folder */
  addTag: ((path: string[], forAll: boolean) => void) | null
  mayTagForAll: boolean
  removeTag: (tag: Tag) => void
  addToAlbum: ((album: Album) => void) | null
  addToNewAlbum: (title: string) => void
  takeFromAlbum: (album: Album) => void
  /** an album of somebody else's that one may add to; null where the photo may not be shared */
  addToShared: ((album: SharedAlbum) => void) | null
}

interface Planned {
  /** what is shown at once */
  patch: Partial<Photo>
  text: string
  /** does it; answers what takes it back, or null where nothing had to be done */
  run: () => Promise<(() => Promise<unknown>) | null>
}

interface Options {
  shown: Glimpse
  photo: Photo | undefined
  changes: Changes
}

/** Favourite, stars, captions, tags and albums of the photo that is shown: seen at once, told, and taken back on wish. */
export function useOverlay({ shown, photo, changes }: Options): Overlay {
  const change = useChange(shown.id, changes)
  const captions = useCaptions(change)
  const tags = useTags(change)
  const albums = useAlbums(change)
  const contribute = useContributing(change)
  const may = photo?.may ?? shown.may
  return {
    toggleFavourite: may?.favourite ? captions.toggleFavourite : null,
    rate: may?.rate ? captions.rate : null,
    setCaption: may?.caption ? captions.setCaption : null,
    setSharedCaption: may?.captionForAll ? captions.setSharedCaption : null,
    addTag: may?.tag ? tags.add : null,
    mayTagForAll: may?.tagForAll ?? false,
    removeTag: tags.remove,
    addToAlbum: may?.album ? albums.add : null,
    addToNewAlbum: albums.addToNew,
    takeFromAlbum: albums.take,
    addToShared: may?.share ? contribute : null,
  }
}

type Change = (plan: (before: Photo) => Planned | null) => void

function useChange(id: number, changes: Changes): Change {
  const client = useQueryClient()
  const facts = useFacts(id)
  const key = queryKey('photos.get', { id })
  return (plan) =>
    void changes.make(async () => {
      const before = await facts()
      const planned = plan(before)
      if (!planned) return null
      // an answer that is under way would bring back what was
      await client.cancelQueries({ queryKey: key })
      client.setQueryData<Photo>(key, (now) => now && { ...now, ...planned.patch })
      try {
        const undo = await planned.run()
        return undo && { text: planned.text, undo }
      } finally {
        void client.invalidateQueries({ queryKey: key })
      }
    })
}

/** Runs a procedure; what it answers takes it back. */
async function withWayBack<I>(run: (input: I) => Promise<{ undo: readonly I[] }>, input: I) {
  const { undo } = await run(input)
  return async () => {
    for (const way of undo) await run(way)
  }
}

function useCaptions(change: Change) {
  const { t } = useTranslation()
  const overlay = useApiAction('photos.overlay').mutateAsync
  const shared = useApiAction('photos.sharedCaption').mutateAsync
  const captionText = (caption: string) =>
    t(caption === '' ? 'viewer.overlay.captionGone' : 'viewer.overlay.captioned')
  return {
    toggleFavourite: () =>
      change(({ id, favourite }) => ({
        patch: { favourite: !favourite },
        text: t(favourite ? 'viewer.overlay.noFavourite' : 'viewer.overlay.favourite'),
        run: () => withWayBack(overlay, { ids: [id], favourite: !favourite }),
      })),
    rate: (rating: number) =>
      change((before) =>
        before.rating === rating
          ? null
          : {
              patch: { rating },
              text: rating === 0 ? t('viewer.overlay.unrated') : t('viewer.overlay.rated', { count: rating }),
              run: () => withWayBack(overlay, { ids: [before.id], rating }),
            },
      ),
    setCaption: (caption: string) =>
      change(({ id }) => ({
        patch: { caption },
        text: captionText(caption),
        run: () => withWayBack(overlay, { ids: [id], caption }),
      })),
    setSharedCaption: (sharedCaption: string) =>
      change(({ id }) => ({
        patch: { sharedCaption },
        text: captionText(sharedCaption),
        run: () => withWayBack(shared, { ids: [id], caption: sharedCaption }),
      })),
  }
}

function useTags(change: Change) {
  const { t } = useTranslation()
  const tag = useApiAction('photos.tag').mutateAsync
  const isSame = (path: readonly string[], forAll: boolean) => (other: Tag) =>
    other.shared === forAll && other.path.join('\0') === path.join('\0')
  return {
    add: (path: string[], shared: boolean) =>
      change(({ id, tags }) =>
        tags.some(isSame(path, shared))
          ? null
          : {
              // its id comes with the answer
              patch: {},
              text: t('viewer.overlay.tagged', { tag: path.join('/') }),
              run: () => withWayBack(tag, { ids: [id], add: [path], shared }),
            },
      ),
    remove: (gone: Tag) =>
      change(({ id, tags }) => ({
        patch: { tags: tags.filter((each) => each.id !== gone.id) },
        text: t('viewer.overlay.untagged', { tag: gone.path.join('/') }),
        run: () => withWayBack(tag, { ids: [id], remove: [gone.id], shared: gone.shared }),
      })),
  }
}

function useAlbums(change: Change) {
  const { t } = useTranslation()
  const add = useApiAction('albums.add').mutateAsync
  const take = useApiAction('albums.take').mutateAsync
  const create = useApiAction('albums.create').mutateAsync
  const remove = useApiAction('albums.remove').mutateAsync
  return {
    add: (album: Album) =>
      change(({ id, albums }) =>
        albums.some((each) => each.id === album.id)
          ? null
          : {
              patch: { albums: [...albums, album] },
              text: t('viewer.overlay.added', { album: album.title }),
              run: async () => {
                const { undo } = await add({ id: album.id, ids: [id] })
                return () => Promise.all(undo.map((way) => take(way)))
              },
            },
      ),
    addToNew: (title: string) =>
      change(({ id }) => ({
        patch: {},
        text: t('viewer.overlay.added', { album: title }),
        run: async () => {
          const made = await create({ title, photoIds: [id] })
          return () => remove(made)
        },
      })),
    take: (album: Album) =>
      change(({ id, albums }) => ({
        patch: { albums: albums.filter((each) => each.id !== album.id) },
        text: t('viewer.overlay.taken', { album: album.title }),
        run: async () => {
          const { undo } = await take({ id: album.id, ids: [id] })
          return () => Promise.all(undo.map((way) => add(way)))
        },
      })),
  }
}

function useContributing(change: Change) {
  const { t } = useTranslation()
  const toast = useToast()
  const contribute = useApiAction('shares.contribute').mutateAsync
  const withdraw = useApiAction('shares.withdraw').mutateAsync
  return ({ id: share, name }: SharedAlbum) =>
    change(({ id }) => ({
      // where it is shared is not told of the photo itself
      patch: {},
      text: t('viewer.overlay.added', { album: name }),
      run: async () => {
        const what = { share, photoIds: [id] }
        const { added } = await contribute(what)
        if (added.length === 0) toast(t('bulk.contribute.nothing', { title: name }))
        return added.length === 0 ? null : () => withdraw(what)
      },
    }))
}

/** The keys that give stars. */
export const ratingKeys = (rate: Overlay['rate']): Record<Rating, (() => void) | null> => ({
  rate0: rate && (() => rate(0)),
  rate1: rate && (() => rate(1)),
  rate2: rate && (() => rate(2)),
  rate3: rate && (() => rate(3)),
  rate4: rate && (() => rate(4)),
  rate5: rate && (() => rate(5)),
})
