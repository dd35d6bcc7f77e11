import { accountWho, looking, lookingWho } from '../access/policies.ts'
import { reachableScope } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import { MONTH_PAGE } from '../contract/values.ts'
import { findList } from '../domain/library/lists.ts'
import { markPhotos } from '../domain/library/mark.ts'
import { countMonths, readMonth } from '../domain/library/months.ts'
import { describePhoto, findPhoto } from '../domain/library/photo.ts'
import { whoSeesHidden } from '../domain/library/seen-hidden.ts'
import { countShelves } from '../domain/library/shelves.ts'
import { linksHolding } from '../domain/sharing/concerned.ts'
import { notFound } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'
import { tellOfContent } from './tell-of-link.ts'

export const timelineProcedures = {
  'timeline.months': procedure({
    ...contract['timeline.months'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db, clock } }) {
      return { months: await countMonths(db.read, await findList(db.read, by, input, clock())) }
    },
  }),
  'timeline.month': procedure({
    ...contract['timeline.month'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db, clock } }) {
      const { month, after, limit = MONTH_PAGE } = input
      return readMonth(db.read, await findList(db.read, by, input, clock()), { month, after, limit })
    },
  }),
  'library.shelves': procedure({
    ...contract['library.shelves'],
    allow: lookingWho('viewLibrary'),
    run: ({ by, input, services: { db, clock } }) => countShelves(db.read, by, input, clock()),
  }),
  'photos.get': procedure({
    ...contract['photos.get'],
    allow: looking,
    async run({ by, input, services: { db } }) {
      const scope = await reachableScope(db.read, by)
      const found = await findPhoto(db.read, scope, input.id)
      if (!found) throw notFound()
      return describePhoto(db.read, scope, found, by)
    },
  }),
  'photos.seenWhenHidden': procedure({
    ...contract['photos.seenWhenHidden'],
    allow: accountWho('archive', 'setPrivate'),
    async run({ by, input, services: { db } }) {
      return { seenBy: await whoSeesHidden(db.read, by, input.ids) }
    },
  }),
  'photos.update': procedure({
    ...contract['photos.update'],
    allow: accountWho('archive', 'setPrivate'),
    async run({ by, input, services }) {
      const { db, announce } = services
      const { areas, ...done } = await markPhotos(db, by, input)
      if (areas.length > 0) announce({ topic: 'library', areas })
      await tellOfContent(services, await linksHolding(db.read, done.changed))
      return done
    },
  }),
}
