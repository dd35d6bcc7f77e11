import { useQueries } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Photo } from '../../../electron/contract/photos.ts'
import { call } from '../../api.ts'
import { Dialog } from '../../components/dialog.tsx'
import { FormActions } from '../../components/form-actions.tsx'
import { useMe } from '../../me.ts'
import { queryKey } from '../../queries.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import { type Clocks, correctThem } from './acts.ts'
import styles from './correct-dialog.module.css'
import { DatePart } from './date-part.tsx'
import { correctionOf, type Draft, EMPTY_DRAFT, isNothing, type Wrong } from './draft.ts'
import { PlacePart } from './place-part.tsx'
import { Preview } from './preview.tsx'

interface CorrectDialogProps {
  /** the photos to put right, which their viewer may edit; the first ones are shown as they will be */
  ids: readonly number[]
  /** what the dialog begins with */
  about?: 'date' | 'place'
  onClose: () => void
}

/** How many photos are shown before and after. */
const SHOWN = 3

/** Asks when and where photos were really taken, shows what becomes of them, and puts them right with the way back. */
export function CorrectDialog({ ids, about = 'date', onClose }: CorrectDialogProps) {
  const { t } = useTranslation()
  const { flags } = useMe()
  const { start, busy } = useBulk()
  const photos = useFirst(ids)
  const [typed, setTyped] = useState<Partial<Draft>>({})
  const [tried, setTried] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const draft = { ...EMPTY_DRAFT, ...startOf(photos[0], about, ids.length > 1), ...typed }
  const { correction, wrong } = correctionOf(draft)
  const isReady = Object.keys(wrong).length === 0 && !isNothing(correction)
  const change = (part: Partial<Draft>) => setTyped((old) => ({ ...old, ...part }))

  const send = () => {
    setTried(true)
    if (!isReady) {
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    const clocks: Clocks = { skipped: 0, repeated: 0 }
    start({
      steps: [{ ids, act: correctThem(call, correction, clocks) }],
      doing: t('correct.doing'),
      did: (count) =>
        [
          t('correct.did', { count }),
          clocks.skipped > 0 && t('correct.skipped', { count: clocks.skipped }),
          clocks.repeated > 0 && t('correct.repeated', { count: clocks.repeated }),
        ]
          .filter(Boolean)
          .join(' '),
    })
    onClose()
  }
  const part = { draft, wrong: tried ? wrong : NOTHING_WRONG, onChange: change, many: ids.length > 1 }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      keepOpen={Object.keys(typed).length > 0}
      title={t('correct.title', { count: ids.length })}
      description={t('correct.text')}
      onSubmit={send}
      actions={
        <FormActions busy={busy} submit={t('correct.submit', { count: ids.length })} onClose={onClose} />
      }
    >
      <div ref={body} className={styles.parts}>
        <DatePart {...part} />
        {flags.places && <PlacePart {...part} not={ids} />}
        <Preview photos={photos} correction={correction} total={ids.length} places={flags.places} />
        {tried && isNothing(correction) && Object.keys(wrong).length === 0 && (
          <p role="alert" className={styles.bad}>
            {t('correct.nothing')}
          </p>
        )}
      </div>
    </Dialog>
  )
}

const NOTHING_WRONG: Wrong = {}

/** The first of the photos, each as far as it is there already. */
function useFirst(ids: readonly number[]): (Photo | undefined)[] {
  const answers = useQueries({
    queries: ids.slice(0, SHOWN).map((id) => ({
      queryKey: queryKey('photos.get', { id }),
      queryFn: () => call('photos.get', { id }),
    })),
  })
  return answers.map(({ data }) => data)
}

/** The first photo's own date, zone and place stand in the fields, so that little has to be typed. */
function startOf(photo: Photo | undefined, about: 'date' | 'place', many: boolean): Partial<Draft> {
  const modes = about === 'date' ? { dateMode: 'set' as const } : { placeMode: 'set' as const }
  if (!photo) return modes
  return {
    ...modes,
    day: photo.takenAt.slice(0, 10),
    time: photo.takenAt.slice(11, 19),
    // of many each keeps its own zone, unless one is given
    zone: many ? '' : (photo.takenOffset ?? ''),
    coordinates: photo.gps ? `${photo.gps.latitude}, ${photo.gps.longitude}` : '',
  }
}
