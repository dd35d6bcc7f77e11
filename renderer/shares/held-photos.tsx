import { useQueryClient } from '@tanstack/react-query'
import { Images } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../electron/contract/shares.ts'
import { formatMoment } from '../format.ts'
import type { ListPlace } from '../library/photo-list.ts'
import { PhotoListPage } from '../library/photo-list-page.tsx'
import { ListEmpty } from '../library/views/list-empty.tsx'
import { ListHead } from '../library/views/list-head.tsx'
import { useMaybeMe } from '../me.ts'
import { applyHint } from '../queries.ts'
import { transport } from '../transport.ts'
import { AddPhotos } from './add-photos.tsx'
import { DownloadAll } from './download-all.tsx'
import { SendFiles } from './sending/send-files.tsx'
import type { ShareAddress } from './share-address.ts'
import { useHeldTitle } from './use-held-title.ts'

interface HeldPhotosProps {
  link: HeldLink
  at: ShareAddress
}

/** What a link shows: its name, whose it is and how long it lasts, and its photos as a timeline. */
export function HeldPhotos({ link, at }: HeldPhotosProps) {
  const { t } = useTranslation()
  useHints()
  useCounted(link)
  const titleOf = useHeldTitle()
  const withdraws = link.may.withdraw
  const maySave = link.download !== 'none'
  const place: ListPlace = { list: { share: link.id }, path: at.path, search: '', withdraws }
  return (
    <PhotoListPage
      key={link.id}
      place={place}
      title={titleOf(link)}
      openPhotoId={at.photoId}
      selects={maySave || withdraws}
      head={(count) => (
        <ListHead
          title={titleOf(link)}
          count={count ?? link.count}
          note={<Note link={link} />}
          actions={
            <>
              <AddPhotos link={link} />
              {link.may.upload && <SendFiles key={link.id} link={link} />}
              {maySave && (count ?? link.count) > 0 && <DownloadAll share={link.id} />}
            </>
          }
        />
      )}
      empty={
        <ListEmpty icon={<Images />} title={t('share.empty')}>
          {t('share.emptyText')}
        </ListEmpty>
      }
    />
  )
}

/** Who shares it, until when, and what they wrote about it. */
function Note({ link: { title, by, expiresAt, description } }: { link: HeldLink }) {
  const { t } = useTranslation()
  const facts = [
    // a link of picked photos is called after who made it
    title !== '' && by !== '' && t('share.by', { name: by }),
    expiresAt !== null && t('share.until', { time: formatMoment(expiresAt) }),
  ].filter((fact) => fact !== false)
  if (facts.length === 0 && description === '') return null
  return (
    <>
      {facts.length > 0 && <p>{facts.join(' · ')}</p>}
      {description !== '' && <p>{description}</p>}
    </>
  )
}

/** Accounts follow the hints anyway; a visitor has something to follow once a link is open. */
function useHints(): void {
  const client = useQueryClient()
  const isVisitor = useMaybeMe() === null
  useEffect(
    () => (isVisitor ? transport.subscribe((hint) => applyHint(client, hint)) : undefined),
    [isVisitor, client],
  )
}

/** A link that holds another number of photos than before shows others. */
function useCounted({ count }: HeldLink): void {
  const client = useQueryClient()
  const before = useRef(count)
  useEffect(() => {
    if (before.current === count) return
    before.current = count
    for (const name of ['shares.months', 'shares.month']) void client.invalidateQueries({ queryKey: [name] })
  }, [count, client])
}
