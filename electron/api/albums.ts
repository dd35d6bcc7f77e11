import { accountWho, lookingWho } from '../access/policies.ts'
import { timelineScope } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import { addToAlbum, takeFromAlbum } from '../domain/albums/contents.ts'
import { createAlbum } from '../domain/albums/create.ts'
import { describeAlbum, listAlbums } from '../domain/albums/list.ts'
import { requireFeature } from './feature.ts'
import { procedure } from './procedure.ts'

export const albumsProcedures = {
  'albums.list': procedure({
    ...contract['albums.list'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db } }) {
      requireFeature(by, 'albums')
      return { albums: await listAlbums(db.read, await timelineScope(db.read, by, input.view), by) }
    },
  }),
  'albums.get': procedure({
    ...contract['albums.get'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input: { id, view }, services: { db } }) {
      requireFeature(by, 'albums')
      return describeAlbum(db.read, await timelineScope(db.read, by, view), by, id)
    },
  }),
  'albums.create': procedure({
    ...contract['albums.create'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const id = await createAlbum(services, by, input)
      services.announce({ topic: 'overlay', accounts: [by.accountId] })
      return { id }
    },
  }),
  'albums.add': procedure({
    ...contract['albums.add'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const done = await addToAlbum(services, by, input)
      if (done.changed.length > 0) services.announce({ topic: 'overlay', accounts: [by.accountId] })
      return done
    },
  }),
  'albums.take': procedure({
    ...contract['albums.take'],
    allow: accountWho('album'),
    async run({ by, input, services }) {
      const done = await takeFromAlbum(services, by, input)
      if (done.changed.length > 0) services.announce({ topic: 'overlay', accounts: [by.accountId] })
      return done
    },
  }),
}
