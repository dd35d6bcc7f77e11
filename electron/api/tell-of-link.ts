import { concernedBy } from '../domain/sharing/concerned.ts'
import { liveLink } from '../lib/live-key.ts'
import type { Services } from './services.ts'

/** Cuts what is open through a link whose terms are others now, and lets all whom it concerns look again. */
export async function tellOfLink(
  { db, live, announce }: Services,
  id: number,
  concerned?: number[],
): Promise<void> {
  live.end([liveLink(id)])
  announce({ topic: 'shares', shares: [id], accounts: concerned ?? (await concernedBy(db.read, [id])) })
}

/** Whoever has one of these links open looks again, and whoever looks after it: what it holds may be something else now. */
export async function tellOfContent({ db, announce }: Services, links: number[]): Promise<void> {
  if (links.length === 0) return
  announce({ topic: 'shares', shares: links, accounts: await concernedBy(db.read, links) })
}
