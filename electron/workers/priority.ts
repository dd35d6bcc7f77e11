/** What goes first: someone is waiting (urgent), a scan (normal), what nobody asked for yet (idle). */
export type Priority = 'urgent' | 'normal' | 'idle'
const priorities: readonly Priority[] = ['urgent', 'normal', 'idle']

/** Takes the longest waiting one of the highest priority out of a queue. */
export function takeNext<Job extends { priority?: (() => Priority) | undefined }>(
  waiting: Job[],
): Job | undefined {
  for (const wanted of priorities) {
    const index = waiting.findIndex(({ priority }) => (priority?.() ?? 'normal') === wanted)
    if (index >= 0) return waiting.splice(index, 1)[0]
  }
  return undefined
}
