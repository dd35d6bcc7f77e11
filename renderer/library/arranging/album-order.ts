/** Where photos of an album go in its order by hand. */
export type Where = 'front' | 'earlier' | 'later' | 'end'

/**
 * The photo that the chosen ones are put in front of, together and in the order they have: null for the end, undefined where they are there
 * already. One step earlier or later passes one photo.
 * @param order all photos of the album
 */
export function placeFor(
  where: Where,
  order: readonly number[],
  chosen: ReadonlySet<number>,
): number | null | undefined {
  const first = order.findIndex((id) => chosen.has(id))
  const last = order.findLastIndex((id) => chosen.has(id))
  if (first < 0) return undefined
  const together = last - first + 1 === order.filter((id) => chosen.has(id)).length
  if (where === 'front' || where === 'earlier') {
    if (first === 0 && together) return undefined
    return where === 'front' || first === 0 ? order.find((id) => !chosen.has(id)) : order[first - 1]
  }
  if (last === order.length - 1) return together ? undefined : null
  return where === 'end' ? null : (order[last + 2] ?? null)
}

/**
 * The photo that moved ones are put in front of when they are let go of in front of the one at `index`: null for the end, undefined where that
 * would change nothing.
 * @param order all photos of the album
 * @param index 0 to the number of photos
 */
export function dropAt(
  index: number,
  order: readonly number[],
  moved: ReadonlySet<number>,
): number | null | undefined {
  const before = order.slice(index).find((id) => !moved.has(id)) ?? null
  const next = arranged(order, moved, before)
  return next.every((id, place) => id === order[place]) ? undefined : before
}

/** The order once the moved photos stand in front of one that is not moved, or at the end, in the order they had. */
export function arranged(
  order: readonly number[],
  moved: ReadonlySet<number>,
  before: number | null,
): number[] {
  const rest = order.filter((id) => !moved.has(id))
  const at = before === null ? rest.length : rest.indexOf(before)
  return [...rest.slice(0, at), ...order.filter((id) => moved.has(id)), ...rest.slice(at)]
}
