import type { Operator } from './operator.ts'

/** Control characters in names could drive the terminal. */
const printable = (text: string) => text.replaceAll(/\p{Cc}/gu, '?')

/** A table for people: columns as wide as their widest cell, the last one as it comes. */
export function table(header: string[], rows: string[][]): string {
  const all = [header, ...rows.map((row) => row.map(printable))]
  const widths = header.map((_title, column) =>
    Math.max(...all.map((row) => [...(row[column] ?? '')].length)),
  )
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd()
  return all.map(line).join('\n')
}

/** A moment (epoch ms) in local time, `2026-11-21 18:04`; `–` for none. */
export function moment(at: number | null): string {
  if (at === null) return '–'
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
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
