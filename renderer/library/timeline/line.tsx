import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMonth, formatShortDay } from '../../format.ts'
import { useLifted } from '../arranging/lift.ts'
import { isByHand, type Month } from '../month.ts'
import { dayName } from '../names.ts'
import { useMarks } from '../selection/selection-context.ts'
import { DayTick } from '../selection/ticks.tsx'
import { type Heading, type MonthLayout, tilesTop } from './layout.ts'
import styles from './line.module.css'
import type { Metrics } from './metrics.ts'
import type { BlankSlice } from './slices.ts'
import { Tile } from './tile.tsx'

interface LineProps {
  data: Month
  layout: MonthLayout
  line: number
  /** pixels from the canvas' top to the month's */
  monthTop: number
  fast: boolean
  /** index of the photo that Tab reaches, if it is on this line */
  tabStop: number | null
}

/** A line of tiles, with the headings of the days that begin on it. */
export const Line = memo(function Line({ data, layout, line, monthTop, fast, tabStop }: LineProps) {
  // once its pictures load they stay, however fast it goes on
  const [live, setLive] = useState(!fast)
  if (!fast && !live) setLive(true)
  const top = layout.tops[line] ?? 0
  const first = layout.firsts[line] ?? 0
  const count = (layout.firsts[line + 1] ?? first) - first
  const height = layout.heights[line] ?? 0
  const marks = useMarks({ data, from: first, to: first + count })
  const lifted = useLifted({ data, from: first, to: first + count })
  const headings = layout.headings.slice(layout.headingFirsts[line], layout.headingFirsts[line + 1])
  return (
    <>
      {headings.length > 0 && (
        <Row y={monthTop + top} height={layout.metrics.headingHeight}>
          {headings.map((heading) => (
            <DayHeading key={heading.day} heading={heading} data={data} />
          ))}
        </Row>
      )}
      <Row y={monthTop + tilesTop(layout, line)} height={height}>
        {Array.from({ length: count }, (_, place) => (
          <Tile
            key={data.ids[first + place]}
            data={data}
            index={first + place}
            x={layout.xs[first + place] ?? 0}
            width={layout.widths[first + place] ?? 0}
            height={height}
            live={live}
            tabStop={tabStop === first + place}
            lifted={lifted[place] === '1'}
            mark={
              marks === null ? null : marks === '' ? 'none' : marks[place] === '1' ? 'selected' : 'selectable'
            }
          />
        ))}
      </Row>
    </>
  )
})

function Row({ y, height, children }: { y: number; height: number; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the links in its cells have the focus
    // biome-ignore lint/a11y/useSemanticElements: rows of a grid are placed freely, a table's are not
    <div role="row" className={styles.row} style={{ top: y, height }}>
      {children}
    </div>
  )
}

function DayHeading({ heading, data }: { heading: Heading; data: Month }) {
  // dates are written anew when the language changes, or the order of dates
  useTranslation()
  const { date = '', first = 0 } = data.days[heading.day] ?? {}
  const to = data.days[heading.day + 1]?.first ?? data.count
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: a heading is read, not used
    // biome-ignore lint/a11y/useSemanticElements: see Row
    <div role="columnheader" className={styles.heading} style={{ left: heading.x, width: heading.width }}>
      <h2 className={styles.day} title={heading.narrow ? dayName(date) : undefined}>
        {heading.narrow ? formatShortDay(date) : dayName(date)}
      </h2>
      <DayTick day={heading.day} stretch={{ data, from: first, to }} name={dayName(date)} />
    </div>
  )
}

/** Stands for months whose photos are not there yet. */
export const Blank = memo(function Blank({ slice, metrics }: { slice: BlankSlice; metrics: Metrics }) {
  const step = metrics.rowHeight + metrics.gap
  const headed = slice.from === 0 && !isByHand(slice)
  const heading = isByHand(slice) ? 0 : metrics.headingHeight
  // as above
  useTranslation()
  return (
    <div
      className={styles.blank}
      aria-hidden="true"
      style={{
        transform: `translateY(${slice.top + slice.from}px)`,
        height: slice.to - slice.from,
        paddingTop: headed ? heading : 0,
      }}
    >
      {headed && <div className={styles.blankHeading}>{formatMonth(slice.month)}</div>}
      <div
        className={styles.blankRows}
        style={{
          backgroundSize: `${Math.round(metrics.rowHeight * 1.4)}px ${step}px`,
          backgroundPositionY: slice.from === 0 ? 0 : -((slice.from - heading) % step),
        }}
      />
    </div>
  )
})
