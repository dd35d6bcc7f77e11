import type { Output } from '../../../electron/contract/contract.ts'

/** Somebody who sees photos, and how many of those asked about. */
export type Seer = Output<'photos.seenWhenHidden'>['seenBy'][number]

/** Adds what is known of some photos to what is known of others. */
export function addSeers(to: readonly Seer[], more: readonly Seer[]): Seer[] {
  const all = new Map(to.map((seer) => [seer.accountId, seer]))
  for (const seer of more) {
    const before = all.get(seer.accountId)
    const by = before?.by === 'folder' ? before.by : seer.by
    all.set(seer.accountId, { ...seer, by, count: seer.count + (before?.count ?? 0) })
  }
  return [...all.values()].sort((a, b) => Number(a.by === 'household') - Number(b.by === 'household'))
}
