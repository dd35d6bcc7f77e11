import { Images } from 'lucide-react'
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { HAND_MONTH, mediaUrl } from '../../../electron/contract/values.ts'
import { formatNumber } from '../../format.ts'
import { tilesTop } from '../timeline/layout.ts'
import type { TimelineModel } from '../timeline/model.ts'
import { type Gap, gapX } from './gap.ts'
import type { Lift, Lifted } from './lift.ts'
import styles from './lifted-photos.module.css'

interface LiftedPhotosProps {
  model: TimelineModel
  lift: Lift
}

/** What is being dragged, at the pointer, and a line where it would go. Belongs onto the canvas. */
export function LiftedPhotos({ model, lift }: LiftedPhotosProps) {
  const lifted = useSyncExternalStore(lift.subscribe, lift.lifted)
  if (!lifted) return null
  return (
    <>
      {lifted.gap && <GapLine model={model} gap={lifted.gap} />}
      {createPortal(<Pile lifted={lifted} />, document.body)}
    </>
  )
}

function GapLine({ model, gap }: { model: TimelineModel; gap: Gap }) {
  const { slices } = useSyncExternalStore(model.subscribe, model.view)
  for (const slice of slices) {
    if (slice.kind === 'blank' || slice.month !== HAND_MONTH) continue
    if (gap.line < slice.from || gap.line >= slice.to) continue
    const top = slice.top + tilesTop(slice.layout, gap.line)
    // whole at the edges, too
    const left = `clamp(2px, ${gapX(slice.layout, gap)}px, 100% - 2px)`
    return (
      <div
        className={styles.gap}
        aria-hidden="true"
        data-gap={gap.index}
        style={{ top, left, height: slice.layout.heights[gap.line] ?? 0 }}
      />
    )
  }
  return null
}

function Pile({ lifted: { ids, lead, x, y } }: { lifted: Lifted }) {
  useLayoutEffect(() => {
    document.body.dataset.lifting = ''
    return () => {
      delete document.body.dataset.lifting
    }
  }, [])
  return (
    <div className={styles.pile} aria-hidden="true" style={{ transform: `translate(${x}px, ${y}px)` }}>
      <div className={styles.photo} data-many={ids.size > 1 || undefined}>
        {lead.version === null ? <Images /> : <img src={mediaUrl('thumb', lead.id, lead.version)} alt="" />}
        {ids.size > 1 && <span className={styles.count}>{formatNumber(ids.size)}</span>}
      </div>
    </div>
  )
}
