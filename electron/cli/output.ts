import type { Operator } from './operator.ts'
import { padded, printable, widthOf } from './terminal.ts'

/** A table for people: columns as wide as their widest cell, the last one as it comes. */
export function table(header: string[], rows: string[][]): string {
  const all = [header, ...rows.map((row) => row.map(printable))]
  const widths = header.map((_title, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))))
  return all
    .map((row) => row.map((cell, column) => padded(cell, widths[column] ?? 0)))
    .map((row) => row.join('  ').trimEnd())
    .join('\n')
}

/** One thing in full: its names in a column, what they are behind them. */
export function sheet(lines: [name: string, value: string | string[]][]): string {
  const width = Math.max(...lines.map(([name]) => widthOf(name)))
  return lines
    .flatMap(([name, value]) =>
      [value].flat().map((one, index) => `${padded(index === 0 ? name : '', width)}  ${printable(one)}`),
    )
    .map((line) => line.trimEnd())
    .join('\n')
}

/** A moment (epoch ms) in local time, `2026-11-21 18:04`; `–` for none. */
export function moment(at: number | null): string {
  if (at === null) return '–'
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `1 photo`, `2 photos` */
export const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Bytes in decimal units, as the interface tells them: `2.5 GB`. */
export function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(count || 1) / 3)))
  return `${Math.round((count / 1000 ** step) * 1000) / 1000} ${units[step]}`
}

/** Milliseconds as people say them: `0.4 s`, `12 s`, `3 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** What a verb works with. */
export interface Context {
  readonly operator: Operator
  /** Tells the result: a text for people, or (`--json`) the procedure's own answer as one line. */
  tell(result: unknown, text: string): void
  /** Tells something on the way, to people alone. */
  note(text: string): void
}
