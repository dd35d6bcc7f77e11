import { MessageSquareText, Star, Tag, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { useApi } from '../../queries.ts'
import { pathOf, tagPaths } from '../tags/tag-paths.ts'
import { AlbumsEntry } from './albums-entry.tsx'
import { CaptionField } from './caption-field.tsx'
import { Adder, Chips } from './chips.tsx'
import { Entry } from './entry.tsx'
import styles from './overlay.module.css'
import { Stars } from './stars.tsx'
import type { Overlay } from './use-overlay.ts'
import type { WantedField } from './wanted-field.ts'

export interface OverlayEntriesProps {
  photo: Photo
  overlay: Overlay
  wanted: WantedField
}

/** What this account added to a photo, and what somebody wrote for everyone with its folder; each written where it stands. */
export function OverlayEntries(props: OverlayEntriesProps) {
  const { t } = useTranslation()
  const { photo, overlay, wanted } = props
  const { setCaption, setSharedCaption, rate } = overlay
  return (
    <>
      {rate && (
        <Entry icon={<Star />} name={t('viewer.overlay.rating')}>
          <Stars rating={photo.rating} onRate={rate} />
        </Entry>
      )}
      {setCaption && (
        <Entry icon={<MessageSquareText />} name={t('viewer.overlay.caption')}>
          <CaptionField
            label={t('viewer.overlay.caption')}
            placeholder={t('viewer.overlay.writeCaption')}
            value={photo.caption}
            onSave={setCaption}
            wanted={wanted}
          />
        </Entry>
      )}
      {(setSharedCaption || photo.sharedCaption !== '') && (
        <Entry icon={<Users />} name={t('viewer.overlay.sharedCaption')}>
          {setSharedCaption ? (
            <CaptionField
              label={t('viewer.overlay.sharedCaption')}
              placeholder={t('viewer.overlay.writeShared')}
              value={photo.sharedCaption}
              onSave={setSharedCaption}
            />
          ) : (
            <p className={styles.written}>{photo.sharedCaption}</p>
          )}
        </Entry>
      )}
      <TagsEntry {...props} />
      <AlbumsEntry {...props} />
    </>
  )
}

function TagsEntry({ photo, overlay, wanted }: OverlayEntriesProps) {
  const { t } = useTranslation()
  const { addTag, mayTagForAll, removeTag } = overlay
  const [forAll, setForAll] = useState(false)
  const list = useApi('tags.list', {}, { enabled: addTag !== null })
  if (!addTag && photo.tags.length === 0) return null
  // without blanks, as it is quickest typed: what is offered is found by how it begins
  const written = (path: readonly string[]) => path.join('/')
  const known = [...new Set([...tagPaths(list.data?.tags ?? []).values()].map(written))]
  const chips = photo.tags.map((tag) => ({
    id: tag.id,
    text: written(tag.path),
    shared: tag.shared,
    onRemove: (tag.shared ? mayTagForAll : addTag) ? () => removeTag(tag) : null,
  }))
  return (
    <Entry icon={<Tag />} name={t('viewer.overlay.tags')}>
      <Chips chips={chips} />
      {addTag && (
        <>
          <Adder
            field="tag"
            label={t('viewer.overlay.addTag')}
            placeholder={t('viewer.overlay.tagExample')}
            known={known}
            onAdd={(text) => {
              const path = pathOf(text)
              if (path.length > 0) addTag(path, forAll)
            }}
            wanted={wanted}
          />
          {mayTagForAll && (
            <Checkbox text={t('viewer.overlay.forAll')} checked={forAll} onChange={setForAll} />
          )}
        </>
      )}
    </Entry>
  )
}
