import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../components/dialog.tsx'
import { useFailureText } from '../components/failure.ts'
import { TextField } from '../components/field.tsx'
import { FormActions } from '../components/form-actions.tsx'
import { dayOf } from './month.ts'
import { monthQuery } from './month-query.ts'
import { useListPlace } from './photo-list.ts'
import { monthForDay, placeOfDay } from './timeline/day-place.ts'
import type { MonthCount } from './timeline/geometry.ts'
import type { TimelineModel } from './timeline/model.ts'
import type { TimelineHandle } from './timeline/timeline.tsx'

interface GoToDayProps {
  open: boolean
  onClose: () => void
  months: readonly MonthCount[]
  model: TimelineModel
  timeline: RefObject<TimelineHandle | null>
}

/** Asks for a day and brings its first photo into sight, or that of the last day before it with any. */
export function GoToDay({ open, onClose, months, model, timeline }: GoToDayProps) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const client = useQueryClient()
  const { list } = useListPlace()
  const [day, setDay] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<number | null>(null)
  const [wasOpen, setWasOpen] = useState(false)
  if (open !== wasOpen) {
    setWasOpen(open)
    setWrong(null)
    if (open) {
      setDay(dayInSight(model) ?? '')
      setFound(null)
    }
  }
  const tile = useMemo(
    () => ({
      // drawn while the dialog closes
      get current() {
        return found === null ? null : document.querySelector<HTMLElement>(`[data-photo="${found}"]`)
      },
    }),
    [found],
  )

  const go = async () => {
    const at = monthForDay(months, day)
    const entry = months[at]
    if (!isDay(day) || !entry) return setWrong(t('library.goToDay.noDay'))
    setBusy(true)
    try {
      const month = await client.fetchQuery(monthQuery(list, entry.month))
      const place = placeOfDay(months, at, month, day)
      const there = place.month === at ? month : await fetchAt(place.month)
      setFound(there?.ids[place.index] ?? null)
      timeline.current?.focusPhoto(place, 'middle')
      onClose()
    } catch (error) {
      setWrong(failureText(error))
    } finally {
      setBusy(false)
    }
  }
  const fetchAt = (month: number) => client.fetchQuery(monthQuery(list, months[month]?.month ?? ''))

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('library.goToDay.title')}
      returnFocus={tile}
      onSubmit={() => void go()}
      actions={<FormActions busy={busy} submit={t('library.goToDay.go')} onClose={onClose} />}
    >
      <TextField
        type="date"
        label={t('library.goToDay.day')}
        hint={t('library.goToDay.hint')}
        value={day}
        error={wrong}
        onChange={(value) => {
          setDay(value)
          setWrong(null)
        }}
      />
    </Dialog>
  )
}

/** A date field is empty while what is typed is no day. */
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** The day that is looked at; null before anything is laid out. */
function dayInSight(model: TimelineModel): string | null {
  const place = model.firstVisible
  const month = place && model.dataOf(place.month)
  return month ? dayOf(month, place.index).date : null
}
