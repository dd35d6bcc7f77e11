import { account, accountWho, looking } from '../access/policies.ts'
import { uploadFolders } from '../access/uploads.ts'
import { contract } from '../contract/contract.ts'
import { UPLOADS_LISTED } from '../contract/values.ts'
import { decidersOf } from '../domain/uploads/deciders.ts'
import { listUploads } from '../domain/uploads/list.ts'
import { procedure } from './procedure.ts'
import type { Services } from './services.ts'

/** Lets whoever decides about what came by these links look again. */
export async function tellOfUploads({ db, announce }: Services, shares: readonly number[]): Promise<void> {
  if (shares.length > 0) announce({ topic: 'uploads', accounts: await decidersOf(db.read, shares) })
}

const decide = (name: 'uploads.decline' | 'uploads.restore', to: 'declined' | 'restored') =>
  procedure({
    ...contract[name],
    allow: account,
    async run({ by, input: { ids }, services }) {
      await tellOfUploads(services, await services.uploads.decide(by, ids, to))
      services.announce({ topic: 'audit' })
      return {}
    },
  })

export const uploadsProcedures = {
  'uploads.list': procedure({
    ...contract['uploads.list'],
    // whoever views as somebody else is told nothing of what strangers sent
    allow: account,
    run: ({ by, input: { limit = UPLOADS_LISTED, ...asked }, services: { db } }) =>
      listUploads(db.read, by, { ...asked, limit }),
  }),
  'uploads.folders': procedure({
    ...contract['uploads.folders'],
    allow: looking,
    async run({ by, services: { db } }) {
      const folders = await uploadFolders(db.read, by)
      return { folders: folders.map(({ areaId, name }) => ({ id: areaId, name })) }
    },
  }),
  'uploads.accept': procedure({
    ...contract['uploads.accept'],
    allow: accountWho('upload'),
    async run({ by, input, services }) {
      const { accepted, failed, areaIds, shares } = await services.uploads.accept(by, input)
      await tellOfUploads(services, shares)
      services.announce({ topic: 'audit' })
      await services.lookAgain.now(areaIds, { kind: 'account', accountId: by.accountId })
      return { accepted, failed }
    },
  }),
  'uploads.decline': decide('uploads.decline', 'declined'),
  'uploads.restore': decide('uploads.restore', 'restored'),
}
