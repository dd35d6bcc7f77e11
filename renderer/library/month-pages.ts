import type { MonthPayload } from '../../electron/contract/photos.ts'
import { MONTH_PAGE } from '../../electron/contract/values.ts'
import { appendPage, cutPage } from './month.ts'

/** Where a page begins: behind this photo, or behind all of a moment and what is newer. */
type After = NonNullable<Parameters<AskPage>[0]>

/** Answers a page of a month, the newest first. */
export type AskPage = (after?: { takenAt: string; id: number }) => Promise<MonthPayload>

/** Most stretches of a month asked for at once: with a third nothing is won on two processors, and others wait. */
const STRETCHES = 2

/** All of a month, page by page: so large a month as tens of thousands never holds up the server in one go. */
export const readPages = async (ask: AskPage): Promise<MonthPayload> => joined(await pagesFrom(ask))

/**
 * The same for a list in the order of capture: what is left after the first page is asked for in stretches of equal time side by side, so
 * that the server reads one while others are on their way and taken apart. Each stretch ends where the next begins, whatever is added or
 * removed meanwhile.
 * @param month `YYYY-MM`
 */
export async function readStretches(ask: AskPage, month: string): Promise<MonthPayload> {
  const first = await ask()
  if (first.ids.length < MONTH_PAGE) return first
  const starts = stretchesOf(first, month)
  const stretches = starts.map((after, index) => pagesFrom(ask, after, starts[index + 1]?.takenAt))
  return joined([first, ...(await Promise.all(stretches)).flat()])
}

/** The pages behind a photo or a moment, without what is older than `until`. */
async function pagesFrom(ask: AskPage, after?: After, until = ''): Promise<MonthPayload[]> {
  const pages: MonthPayload[] = []
  for (let next = after; ; ) {
    const page = await ask(next)
    pages.push(page)
    const isLast = page.ids.length < MONTH_PAGE
    next = lastOf(page)
    const older = page.takenAt.findIndex((takenAt) => takenAt < until)
    if (older >= 0) cutPage(page, older)
    if (isLast || older >= 0) return pages
  }
}

function joined([whole, ...pages]: MonthPayload[]): MonthPayload {
  if (!whole) throw new Error('A month has one page at least.')
  for (const page of pages) appendPage(whole, page)
  return whole
}

const lastOf = ({ takenAt, ids }: MonthPayload): After => ({
  takenAt: takenAt.at(-1) ?? '',
  id: ids.at(-1) ?? 0,
})

/** Where to begin side by side behind a first page: as many stretches as the rest seems to have pages, by the time that one spans. */
function stretchesOf(first: MonthPayload, month: string): After[] {
  const last = lastOf(first)
  const to = momentOf(last.takenAt)
  const rest = to - momentOf(`${month}-01T00:00:00.000`)
  const span = momentOf(first.takenAt[0] ?? last.takenAt) - to
  // a time of day that no clock shows can't be reckoned with
  const most = Number.isFinite(rest) ? STRETCHES : 1
  const count = span > 0 ? Math.min(most, Math.ceil(rest / span)) : most
  // no photo has a lower number, so that all of the moment itself is in the stretch before
  const behind = Array.from({ length: Math.max(0, count - 1) }, (_, index) => ({
    takenAt: new Date(to - (rest * (index + 1)) / count).toISOString().slice(0, -1),
    id: 1,
  }))
  return [last, ...behind]
}

/** Milliseconds, for differences alone: wall clocks are taken as if nothing ever put them forward or back. */
const momentOf = (takenAt: string) => Date.parse(`${takenAt}Z`)
