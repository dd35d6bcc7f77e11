import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { TextField } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { formatCoordinates, plainCoordinates } from '../viewer/details.ts'
import { parseCoordinates } from './coordinates.ts'
import styles from './correct-dialog.module.css'
import type { PartProps } from './date-part.tsx'
import { PLACE_MODES } from './draft.ts'

interface PlacePartProps extends PartProps {
  /** photos whose places are not offered: those being put right */
  not: readonly number[]
}

/** Where photos were taken: typed or pasted, or as another photo that was looked at. */
export function PlacePart({ draft, wrong, onChange, not }: PlacePartProps) {
  const { t } = useTranslation()
  const options = PLACE_MODES.map((value) => ({ value, label: t(`correct.place.${value}`) }))
  const found = parseCoordinates(draft.coordinates)
  return (
    <section className={styles.part}>
      <h3 className={styles.name}>{t('correct.place.name')}</h3>
      <Select
        label={t('correct.place.name')}
        value={draft.placeMode}
        options={options}
        onChange={(placeMode) => onChange({ placeMode })}
      />
      {draft.placeMode === 'set' && (
        <>
          <TextField
            label={t('correct.place.coordinates')}
            hint={found ? formatCoordinates({ ...found, altitude: null }) : t('correct.place.hint')}
            placeholder="38.7, -9.1"
            autoComplete="off"
            spellCheck={false}
            value={draft.coordinates}
            error={wrong.place ? t('correct.place.wrong') : null}
            onChange={(coordinates) => onChange({ coordinates })}
          />
          <Others not={not} onChoose={(coordinates) => onChange({ coordinates })} />
        </>
      )}
    </section>
  )
}

/** Most photos whose place is offered. */
const MOST = 6

/** Photos looked at lately that have a place, one of each place: a press takes it over. */
function Others({ not, onChoose }: { not: readonly number[]; onChoose: (coordinates: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [others] = useState(() => {
    const seen = client.getQueriesData<Photo>({ queryKey: ['photos.get'] })
    const ids = new Set(not)
    const places = new Map<string, Photo>()
    for (const [, photo] of seen.toReversed())
      if (photo?.gps && !ids.has(photo.id)) places.set(plainCoordinates(photo.gps), photo)
    return [...places].slice(0, MOST)
  })
  if (others.length === 0) return null
  return (
    <div className={styles.others}>
      <p className={styles.soft}>{t('correct.place.others')}</p>
      <ul className={styles.pictures}>
        {others.map(([place, { id, version, fileName, gps }]) => (
          <li key={place}>
            <button
              type="button"
              className={styles.other}
              aria-label={t('correct.place.as', { name: fileName, place: gps ? formatCoordinates(gps) : '' })}
              onClick={() => onChoose(place)}
            >
              <img src={mediaUrl('thumb', id, version)} alt="" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
