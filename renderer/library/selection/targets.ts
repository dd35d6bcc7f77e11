import type { Spot } from './selection.ts'

/** The link of the photo that an element of the grid belongs to, its tick for example. */
export const linkAt = (target: Element) =>
  target.closest('[role="gridcell"]')?.querySelector<HTMLElement>('[data-photo]') ?? null

/** The photo that a link opens. */
export function spotOf({ dataset: { photo, month } }: HTMLElement): Spot | null {
  return photo === undefined || month === undefined ? null : { month, id: Number(photo) }
}
