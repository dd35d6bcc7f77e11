/** A process as far as its memory goes. */
interface Holder {
  isReady: boolean
  /** what it works on, if anything */
  job: unknown
  /** bytes */
  rss: number
}

/**
 * Which processes have to end so that all together hold no more than the budget (bytes): the idle first, then the smallest. The largest
 * at work always stays.
 */
export function makeRoom<Member extends Holder>(
  members: Iterable<Member>,
  budget: number,
): { stays: Member | undefined; ended: Member[] } {
  const ready = [...members].filter(({ isReady }) => isReady)
  const [stays, ...others] = ready.sort((a, b) => Number(!a.job) - Number(!b.job) || b.rss - a.rss)
  let held = ready.reduce((sum, { rss }) => sum + rss, 0)
  const ended: Member[] = []
  for (const member of others.reverse()) {
    if (held <= budget) break
    held -= member.rss
    ended.push(member)
  }
  return { stays, ended }
}
