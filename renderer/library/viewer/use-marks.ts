import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { useApiAction } from '../../queries.ts'
import type { Changes } from './use-changes.ts'
import { useFacts } from './use-facts.ts'
import type { Leaving } from './use-leaving.ts'
import type { Glimpse } from './use-neighbours.ts'

interface Options {
  shown: Glimpse
  photo: Photo | undefined
  changes: Changes
  leaving: Leaving
}

export interface Marks {
  archived: boolean
  private: boolean
  /** each null where this account may not */
  toggleArchived: (() => void) | null
  togglePrivate: (() => void) | null
  /** whether somebody is to say that the photo shall become private */
  asking: boolean
  confirm(): void
  cancel(): void
}

interface Mark {
  archived?: boolean
  private?: boolean
}

/** Where a photo lies by its marks; lists hold photos of one shelf. */
const shelfOf = (marks: Mark) => (marks.private ? 'private' : marks.archived ? 'archived' : 'shown')

/** Archives the photo or marks it private, and takes either back. What leaves the list that way gives place to the next one. */
export function useMarks(options: Options): Marks {
  const { shown, photo, changes, leaving } = options
  const { t } = useTranslation()
  const facts = useFacts(shown.id)
  const { mutateAsync } = useApiAction('photos.update')
  const [asked, setAsked] = useState<number | null>(null)

  function mark(of: (before: Photo) => { wanted: Mark; text: string }): void {
    void changes.make(async () => {
      const before = await facts()
      const { wanted, text } = of(before)
      const { id } = before
      const { undo: waysBack } = await mutateAsync({ ids: [id], ...wanted })
      if (waysBack.length === 0) return null
      if (shelfOf(before) !== shelfOf({ ...before, ...wanted })) leaving.leave()
      const undo = async () => {
        for (const way of waysBack) await mutateAsync(way)
        leaving.comeBack(id)
      }
      return { text, undo }
    })
  }
  const markPrivate = (wanted: boolean) =>
    mark(() => ({
      wanted: { private: wanted },
      text: t(wanted ? 'viewer.marks.private' : 'viewer.marks.unprivate'),
    }))

  // the month tells it before the photo itself is asked about
  const may = photo?.may ?? shown.may
  const toggleArchived = () =>
    mark(({ archived }) => ({
      wanted: { archived: !archived },
      text: t(archived ? 'viewer.marks.unarchived' : 'viewer.marks.archived'),
    }))
  return {
    archived: photo?.archived ?? false,
    private: photo?.private ?? false,
    toggleArchived: may?.archive ? toggleArchived : null,
    togglePrivate: may?.private ? () => (photo?.private ? markPrivate(false) : setAsked(shown.id)) : null,
    asking: asked === shown.id,
    confirm() {
      setAsked(null)
      markPrivate(true)
    },
    cancel: () => setAsked(null),
  }
}
