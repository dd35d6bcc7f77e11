import { accountWho, looking, lookingWho } from '../access/policies.ts'
import { reachableScope, timelineScope } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import { MONTH_PAGE } from '../contract/values.ts'
import { markPhotos } from '../domain/library/mark.ts'
import { countMonths, readMonth } from '../domain/library/months.ts'
import { describePhoto, findPhoto } from '../domain/library/photo.ts'
import { notFound } from '../lib/refusal.ts'
import { procedure } from './procedure.ts'

export const timelineProcedures = {
  'timeline.months': procedure({
    ...contract['timeline.months'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db } }) {
      return { months: await countMonths(db.read, await timelineScope(db.read, by, input.view)) }
    },
  }),
  'timeline.month': procedure({
    ...contract['timeline.month'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db } }) {
      const { month, after, limit = MONTH_PAGE } = input
      return readMonth(db.read, await timelineScope(db.read, by, input.view), { month, after, limit })
    },
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
  'photos.update': procedure({
    ...contract['photos.update'],
    allow: accountWho('archive', 'setPrivate'),
    async run({ by, input, services: { db, announce } }) {
      const { changed, areas } = await markPhotos(db, by, input)
      if (areas.length > 0) announce({ topic: 'library', areas })
      return { changed }
    },
  }),
}
