import { z } from 'zod'
import { accountWho, holder } from '../access/policies.ts'
import { reachableScope } from '../access/scope.ts'
import { heldZipInputSchema, zipInputSchema } from '../contract/downloads.ts'
import { saveable } from '../domain/downloads/chosen.ts'
import { planArchive } from '../domain/downloads/plan.ts'
import { notFound } from '../lib/refusal.ts'
import { holderOfArchive, ownerOfArchive, saveableHeld } from './downloads.ts'
import { procedure } from './procedure.ts'

/** An archive that the caller may have. Each of its files is asked for by itself when its turn comes (`media.open`). */
const archiveSchema = z.object({
  /** what it is called when saved */
  fileName: z.string(),
  /** the file in it that names what could not be had */
  noticeName: z.string(),
  entries: z.array(
    z.object({
      photoId: z.number(),
      /** without its ending where `size` is null: that comes with the picture */
      name: z.string(),
      /** bytes, as far as is known (a file that has another size by now is left out); null for pictures that are made when their turn comes */
      size: z.number().nullable(),
      /** local wall clock */
      date: z.string(),
    }),
  ),
})
export type ArchiveDescription = z.output<typeof archiveSchema>

/** Looks at nothing but the index. */
export const archiveProcedures = {
  'zip.open': procedure({
    allow: accountWho('download'),
    input: zipInputSchema,
    output: archiveSchema,
    async run({ by, input, services: { db, tickets } }) {
      const wanted = tickets.use(ownerOfArchive(by), input.id)
      if (!wanted) throw notFound()
      const chosen = await saveable(db.read, await reachableScope(db.read, by), wanted.ids)
      return planArchive(chosen, wanted.title)
    },
  }),
  'zip.openHeld': procedure({
    allow: holder,
    input: heldZipInputSchema,
    output: archiveSchema,
    async run({ by, input: { id, share }, services: { db, clock, tickets } }) {
      const wanted = tickets.use(holderOfArchive(by, share), id)
      if (!wanted) throw notFound()
      const { chosen, made } = await saveableHeld(db.read, by, { share, ids: wanted.ids, now: clock() })
      return planArchive(chosen, wanted.title, made)
    },
  }),
}
