import { accountWho, lookingWho, mayNameAnyFolder, whoever } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { listFolders } from '../domain/folders/list.ts'
import { readTrail } from '../domain/library/folder-trail.ts'
import { readTree } from '../domain/library/folder-tree.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { Caller } from './caller.ts'
import { startedBy } from './jobs.ts'
import { procedure } from './procedure.ts'

export const foldersProcedures = {
  'folders.tree': procedure({
    ...contract['folders.tree'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db, folderTallies } }) {
      const { parentId: folderId, view } = input
      const folders = await readTree({ db: db.read, tallies: folderTallies }, by, input)
      return { folders, trail: folderId ? await readTrail(db.read, by, { folderId, view }) : [] }
    },
  }),
  'folders.list': procedure({
    ...contract['folders.list'],
    allow: whoever('administer'),
    async run({ by, services: { db, watching } }) {
      return { folders: await listFolders({ db: db.read, watching }, by) }
    },
  }),
  'folders.add': procedure({
    ...contract['folders.add'],
    allow: whoever('administer'),
    async run({ by, input, caller, services: { db, folders, watching } }) {
      if (!mayNameAnyFolder(by, caller.hostWindow))
        throw new Refusal('forbidden', { reason: 'host_window_only' })
      const id = await folders.register(input.path, by)
      const [folder] = await listFolders({ db: db.read, watching }, by, id)
      if (!folder) throw notFound()
      return { folder }
    },
  }),
  'folders.remove': procedure({
    ...contract['folders.remove'],
    allow: whoever('administer'),
    async run({ by, input, services: { folders } }) {
      await folders.unregister(input.id, by)
      return {}
    },
  }),
  'folders.accept': procedure({
    ...contract['folders.accept'],
    allow: whoever('administer'),
    async run({ by, input, services: { folders } }) {
      return { jobId: await folders.accept(input.id, by, startedBy(by)) }
    },
  }),
  'folders.browse': procedure({
    ...contract['folders.browse'],
    allow: accountWho('administer'),
    run: ({ input, services: { folders } }) => folders.browse(input.path),
  }),
  'folders.pick': procedure({
    ...contract['folders.pick'],
    allow: accountWho('administer'),
    run: async ({ caller }) => ({ path: await pickOnHost(caller) }),
  }),
}

/** Opens the host's picker. Throws `forbidden` (`host_window_only`) for callers elsewhere. */
export async function pickOnHost({ hostWindow, pickFolder }: Caller): Promise<string | null> {
  if (!hostWindow || !pickFolder) throw new Refusal('forbidden', { reason: 'host_window_only' })
  return pickFolder()
}
