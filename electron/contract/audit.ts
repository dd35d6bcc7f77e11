import { z } from 'zod'
import { AUDIT_ACTIONS, AUDIT_OBJECTS } from './audit-actions.ts'
import { idSchema } from './fields.ts'

/** Entries of one answer at most, and where nothing else is asked for. */
const MOST_ENTRIES = 200
const ENTRIES = 50

const limit = z.int().min(1).max(MOST_ENTRIES).default(ENTRIES)
const moment = z.int().nonnegative()

/** Who did it: an account, whoever works on the host's command line, or Mantel itself. */
const actorKind = z.enum(['account', 'operator', 'system'])

const entry = {
  id: idSchema,
  /** epoch ms */
  at: z.number(),
  /** also actions that only a newer version knows */
  action: z.string(),
  /** what changed: depends on the action, never a secret */
  details: z.record(z.string(), z.unknown()).nullable(),
}

const entrySchema = z.object({
  ...entry,
  /** as it was called then; `id` is null for one that is gone, and for those that are no accounts */
  actor: z.object({ kind: actorKind, id: idSchema.nullable(), name: z.string() }),
  object: z.object({ kind: z.string(), id: idSchema.nullable(), name: z.string() }),
  /** network address, `window` or `command line`; empty for Mantel itself */
  address: z.string(),
})
export type AuditEntry = z.output<typeof entrySchema>

const ownEntrySchema = z.object({
  ...entry,
  by: z.object({
    kind: actorKind,
    /** the reader's own doing */
    self: z.boolean(),
    /** the name people chose for themselves; null where there is none, or nobody of this name any more */
    name: z.string().nullable(),
  }),
})
export type OwnAuditEntry = z.output<typeof ownEntrySchema>

export const auditContract = {
  /** The whole household's, the newest first. `actors` are all that did something, for a choice among them. */
  'audit.list': {
    input: z.strictObject({
      actorId: idSchema.optional(),
      /** the name an actor had that is no account, or none any more */
      actorName: z.string().max(100).optional(),
      actions: z.array(z.enum(AUDIT_ACTIONS)).max(AUDIT_ACTIONS.length).optional(),
      objectKind: z.enum(AUDIT_OBJECTS).optional(),
      objectId: idSchema.optional(),
      /** epoch ms, from this moment on */
      from: moment.optional(),
      /** epoch ms, before this moment */
      to: moment.optional(),
      /** the id of the last entry of the page before */
      before: idSchema.optional(),
      limit,
    }),
    output: z.object({
      entries: z.array(entrySchema),
      /** whether there are older ones */
      more: z.boolean(),
      actors: z.array(z.object({ kind: actorKind, id: idSchema.nullable(), name: z.string() })),
    }),
  },
  /** What was done to one's own account, by oneself and by others, the newest first. */
  'audit.own': {
    input: z.strictObject({ before: idSchema.optional(), limit }),
    output: z.object({ entries: z.array(ownEntrySchema), more: z.boolean() }),
  },
}
