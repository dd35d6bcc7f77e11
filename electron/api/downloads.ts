import type { LinkReader } from '../access/links.ts'
import { accountWho, holder } from '../access/policies.ts'
import type { AccountPrincipal } from '../access/principal.ts'
import { reachableScope } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import type { Read } from '../db/connect.ts'
import { idsOfList, type Saveable, saveable, saveableOf } from '../domain/downloads/chosen.ts'
import { findList } from '../domain/library/lists.ts'
import { photosOfLink, savesOf } from '../domain/sharing/content.ts'
import { findHeld } from '../domain/sharing/find-link.ts'
import { heldNameOf } from '../domain/sharing/name.ts'
import { Refusal } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'

/** Whose an archive is: of the session that asked for it, and gone with that. */
export const ownerOfArchive = ({ sessionId }: AccountPrincipal) => `session ${sessionId}`

/** The same of a link's photos. */
export const holderOfArchive = (by: LinkReader, share: number) =>
  `link ${share} ${by.kind === 'visitor' ? `visit ${by.visits.get(share)}` : ownerOfArchive(by)}`

/** Which of a link's photos may be saved, as they are or (`made`) as pictures without what the link hides. Throws `Refusal` as `findHeld` does. */
export async function saveableHeld(
  db: Read,
  by: LinkReader,
  { share, ids, now }: { share: number; ids?: readonly number[] | undefined; now: number },
) {
  if (by.kind === 'account' && by.viewed) throw new Refusal('forbidden', { reason: 'viewing_only' })
  const { link, scope } = await findHeld(db, by, share, now)
  const chosen = await saveableOf(db, await photosOfLink(db, link, scope), ids)
  return { chosen, made: savesOf(link) !== 'file', title: (await heldNameOf(db, link.share)).title || null }
}

/** What is told of an archive before it is fetched. `asked`: how many photos somebody named. */
const told = (id: string, chosen: readonly Saveable[], asked: number) => ({
  id,
  count: chosen.length,
  bytes: chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  leftOut: Math.max(0, asked - chosen.length),
})

const idsOf = (chosen: readonly Saveable[]) => chosen.map(({ id }) => id)

export const downloadsProcedures = {
  'downloads.begin': procedure({
    ...contract['downloads.begin'],
    allow: accountWho('download'),
    async run({ by, input: { ids, list, title }, services: { db, clock, tickets } }) {
      const wanted = ids ?? (await idsOfList(db.read, await findList(db.read, by, list ?? {}, clock())))
      const chosen = await saveable(db.read, await reachableScope(db.read, by), wanted)
      const id = tickets.issue(ownerOfArchive(by), { ids: idsOf(chosen), title: title ?? null })
      return told(id, chosen, new Set(wanted).size)
    },
  }),
  'shares.download': procedure({
    ...contract['shares.download'],
    allow: holder,
    async run({ by, input: { share, ids }, services: { db, clock, tickets } }) {
      const { chosen, made, title } = await saveableHeld(db.read, by, { share, ids, now: clock() })
      const id = tickets.issue(holderOfArchive(by, share), { ids: idsOf(chosen), title })
      const archive = told(id, chosen, new Set(ids).size)
      return made ? { ...archive, bytes: null } : archive
    },
  }),
}
