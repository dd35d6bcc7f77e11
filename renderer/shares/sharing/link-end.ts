/** The last moment (epoch ms) of a day (`YYYY-MM-DD`) where the reader is: a link “until 1 August” opens all that day. Null for what is no day. */
export function endOfDay(day: string): number | null {
  const [, year, month, date] = day.match(/^(\d{4})-(\d\d)-(\d\d)$/)?.map(Number) ?? []
  if (year === undefined || month === undefined || date === undefined) return null
  const at = new Date(year, month - 1, date)
  // the 31st of June would be the first of July
  if (at.getMonth() !== month - 1 || at.getDate() !== date) return null
  return new Date(year, month - 1, date + 1).getTime() - 1
}

/** The day (`YYYY-MM-DD`) of an instant where the reader is. */
export function dayOf(at: number): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Whether an instant is the last one of its day, so that the day alone says it. */
export const isEndOfDay = (at: number): boolean => endOfDay(dayOf(at)) === at

/** The last moment of the day so many days from now. */
export function endInDays(days: number, now = Date.now()): number {
  const at = new Date(now)
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days + 1).getTime() - 1
}
