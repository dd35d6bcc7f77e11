import { accountWho, lookingWho } from '../access/policies.ts'
import type { AccountPrincipal } from '../access/principal.ts'
import { timelineScope } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import { arrangeAlbum } from '../domain/albums/arrange.ts'
import { changeAlbum } from '../domain/albums/change.ts'
import { addToAlbum, takeFromAlbum } from '../domain/albums/contents.ts'
import { createAlbum } from '../domain/albums/create.ts'
import { describeAlbum, listAlbums } from '../domain/albums/list.ts'
import { listRemoved, removeAlbum, restoreAlbum } from '../domain/albums/remove.ts'
import { linksTo } from '../domain/sharing/concerned.ts'
import { requireFeature } from './feature.ts'
import { procedure } from './procedure.ts'
import type { Services } from './services.ts'
import { tellOfContent } from './tell-of-link.ts'

/** Albums are seen by their owner, */
const tellOwn = ({ announce }: Services, { accountId }: AccountPrincipal) =>
  announce({ topic: 'overlay', accounts: [accountId] })

/** and, where there are links to it, by whoever holds one. */
async function tellOfAlbum(services: Services, by: AccountPrincipal, albumId: number): Promise<void> {
  tellOwn(services, by)
  await tellOfContent(services, await linksTo(services.db.read, { albumId }))
}

export const albumsProcedures = {
  'albums.list': procedure({
    ...contract['albums.list'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db } }) {
      requireFeature(by, 'albums')
      return {
        albums: await listAlbums(db.read, await timelineScope(db.read, by, input.view ?? 'everyone'), by),
      }
    },
  }),
  'albums.get': procedure({
    ...contract['albums.get'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input: { id, view }, services: { db } }) {
      requireFeature(by, 'albums')
      return describeAlbum(db.read, await timelineScope(db.read, by, view ?? 'everyone'), by, id)
    },
  }),
  'albums.create': procedure({
    ...contract['albums.create'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const id = await createAlbum(services, by, input)
      tellOwn(services, by)
      return { id }
    },
  }),
  'albums.add': procedure({
    ...contract['albums.add'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const done = await addToAlbum(services, by, input)
      if (done.changed.length > 0) await tellOfAlbum(services, by, input.id)
      return done
    },
  }),
  'albums.take': procedure({
    ...contract['albums.take'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const done = await takeFromAlbum(services, by, input)
      if (done.changed.length > 0) await tellOfAlbum(services, by, input.id)
      return done
    },
  }),
  'albums.update': procedure({
    ...contract['albums.update'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const undo = await changeAlbum(services, by, input)
      if (undo.length > 0) await tellOfAlbum(services, by, input.id)
      return { undo }
    },
  }),
  'albums.remove': procedure({
    ...contract['albums.remove'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const removed = await removeAlbum(services, by, input.id)
      await tellOfAlbum(services, by, input.id)
      return removed
    },
  }),
  'albums.removed': procedure({
    ...contract['albums.removed'],
    allow: lookingWho('viewLibrary'),
    async run({ by, services }) {
      requireFeature(by, 'albums')
      return { albums: await listRemoved(services, by) }
    },
  }),
  'albums.restore': procedure({
    ...contract['albums.restore'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      await restoreAlbum(services, by, input.id)
      await tellOfAlbum(services, by, input.id)
      return {}
    },
  }),
  'albums.arrange': procedure({
    ...contract['albums.arrange'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const done = await arrangeAlbum(services, by, input)
      if (done.changed.length > 0) await tellOfAlbum(services, by, input.id)
      return done
    },
  }),
}
