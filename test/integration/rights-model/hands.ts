import { eq } from 'drizzle-orm'
import { accounts, areas, photos, settings } from '../../../electron/db/schema.ts'
import { DAYS_SEEN, DAYS_STORED_AS, readDays } from '../../../electron/domain/accounts/days-deleted.ts'
import type { Makings } from './acts.ts'
import { copyOf, everybody, FOLDER_NAMES, isLastSuperAdminGone, type State } from './state.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000

/** What happens to a household by no procedure; each answers what was done. */
export const HANDS = {
  /** a photo is moved to the trash, or comes back */
  async trash({ db }, state, { dice }) {
    const photo = dice.pick(state.photos)
    photo.trashed = !photo.trashed
    const trashedAt = photo.trashed ? 1 : null
    await db.write((tx) => tx.update(photos).set({ trashedAt }).where(eq(photos.id, photo.id)))
    return `${photo.name} is ${photo.trashed ? '' : 'not '}in the trash`
  },

  /** a drive is taken away, or is back: what it holds is known all the same */
  async drive({ db, areaOf }, { offline }, { dice }) {
    const folder = dice.pick(FOLDER_NAMES)
    const isAway = !offline.delete(folder)
    if (isAway) offline.add(folder)
    const status = isAway ? ('offline' as const) : ('online' as const)
    const values = { status, statusReason: isAway ? 'root_missing' : null }
    await db.write((tx) =>
      tx
        .update(areas)
        .set(values)
        .where(eq(areas.id, areaOf(folder))),
    )
    return `${folder} is ${status}`
  },

  /** a row is changed behind the program's back, by a newer version of it for one: its sessions are still there */
  async meddle({ db }, state, { dice }) {
    const { key, username } = dice.pick(everybody(state))
    const change = dice.pick([
      { role: 'butler' },
      { role: 'viewer' },
      { mayLogIn: false },
      { mustChangePassword: true },
    ])
    const tried = copyOf(state)
    meddle(tried, key, change)
    if (isLastSuperAdminGone(tried)) return 'nobody is meddled with'
    const id = meddle(state, key, change)
    await db.write((tx) => tx.update(accounts).set(change).where(eq(accounts.id, id)))
    return `${username} is ${JSON.stringify(change)} in the database`
  },

  /** the time in which somebody deleted could be restored is over, by the clock and by the days on which they were seen deleted */
  async expire(world, state, { dice }) {
    await world.pass(HOUR_MS)
    state.now += HOUR_MS
    const kept = [...state.accounts.values()].filter(({ keptUntil }) => keptUntil !== null)
    if (kept.length === 0) return 'nobody deleted is kept'
    const account = dice.pick(kept)
    account.keptUntil = state.now
    const [values, own] = [{ purgeAfter: state.now }, eq(accounts.id, account.id)]
    await world.db.write(async (tx) => {
      await tx.update(accounts).set(values).where(own)
      const days = await readDays(tx)
      days[account.id] = { onlineDays: DAYS_SEEN, onlineDayAt: state.now }
      await tx.delete(settings).where(eq(settings.key, DAYS_STORED_AS))
      await tx.insert(settings).values({ key: DAYS_STORED_AS, value: days })
    })
    return `${account.username} can be restored no more`
  },

  async wait(world, state, { dice }) {
    const ms = dice.pick([30_000, 120_000, HOUR_MS, 72 * HOUR_MS, 192 * HOUR_MS, 720 * HOUR_MS])
    await world.pass(ms)
    state.now += ms
    return `${ms / 60_000} minutes pass`
  },
} as const satisfies Record<string, (world: World, state: State, makings: Makings) => Promise<string>>

interface Meddling {
  role?: string
  mayLogIn?: boolean
  mustChangePassword?: boolean
}

function meddle(state: State, key: number, { mustChangePassword, ...change }: Meddling): number {
  const account = state.accounts.get(key)
  if (!account) throw new Error('an account is gone from the model')
  Object.assign(account, change)
  if (mustChangePassword !== undefined) account.mustChange = mustChangePassword
  return account.id
}
