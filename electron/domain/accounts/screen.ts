import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Announce } from '../events/hints.ts'
import type { Live } from '../events/live.ts'
import { lockSession, standingSession, unlockWithSystem } from './sessions.ts'

interface ScreenNeeds {
  db: Database
  clock: Clock
  live: Live
  announce: Announce
}

/**
 * Locks a window's session with the computer's screen, or opens it again. What a person locked waits for the password all the same; a
 * token that stands for nothing changes nothing.
 */
export async function followScreen(
  { db, clock, live, announce }: ScreenNeeds,
  token: string,
  screen: 'locked' | 'unlocked',
): Promise<void> {
  const found = await standingSession(db.read, token, clock())
  if (!found) return
  const { id, accountId } = found.session
  const changed = await db.write((tx) =>
    screen === 'locked' ? lockSession(tx, id, 'system') : unlockWithSystem(tx, id),
  )
  if (!changed) return
  live.end([id])
  announce({ topic: 'session', accounts: [accountId] })
}
