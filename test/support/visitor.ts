import { visitorOf } from '../../electron/domain/sharing/visits.ts'
import { callerOf, type TestHousehold } from './household.ts'

/** A browser without a session: keeps its visitor's token as the door would, and asks as whoever that stands for. */
export function visitorIn(home: Pick<TestHousehold, 'services' | 'call'>, address = '192.0.2.1') {
  const kept: { token: string | null } = { token: null }
  return {
    kept,
    async caller() {
      const { db, clock } = home.services
      const effects = {
        ...callerOf({ kind: 'anonymous' }).effects,
        startVisit: ({ token }: { token: string }) => {
          kept.token = token
        },
      }
      const principal = await visitorOf(db, clock, kept.token)
      return callerOf(principal, { address, visitorToken: kept.token, effects })
    },
    /** Calls a procedure; answers `ok`, or the code and reason of what it was refused with. */
    async outcome(name: string, input: object): Promise<string> {
      const result = await home.call(await this.caller(), name, input)
      if (result.ok) return 'ok'
      return [result.error.code, result.error.reason].filter(Boolean).join(' ')
    },
    open(token: string, password?: string) {
      return this.outcome('shares.open', { token, ...(password !== undefined && { password }) })
    },
  }
}
