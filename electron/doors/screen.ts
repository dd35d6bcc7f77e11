import type { Core } from '../core.ts'
import type { Seats } from './seats.ts'
import type { Visitor } from './visitor.ts'

interface Computer {
  core: Pick<Core, 'followScreen' | 'log'>
  seats: Seats
  /** whoever sits at the windows */
  visitors: Iterable<Visitor>
}

/**
 * Locks with the computer's screen all that is open at the windows, and the remembered sessions that none of them uses; or opens again what
 * was locked with it. What cannot be locked is not open any more at this computer either. Never throws.
 */
export async function allFollowScreen(
  { core, seats, visitors }: Computer,
  screen: 'locked' | 'unlocked',
): Promise<void> {
  const failed = (error: unknown) =>
    void core.log.error(`a session did not follow the screen (${screen})`, error)
  const waiting = seats.waiting().map((seat) =>
    core.followScreen(seat.token, screen).catch((error) => {
      if (screen === 'locked') seats.end(seat)
      failed(error)
    }),
  )
  await Promise.all([...waiting, ...Array.from(visitors, (one) => one.followScreen(screen).catch(failed))])
}
