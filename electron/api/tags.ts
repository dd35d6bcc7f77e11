import { accountWho, lookingWho } from '../access/policies.ts'
import { timelineScope } from '../access/scope.ts'
import { contract } from '../contract/contract.ts'
import { changeTag, removeTag } from '../domain/overlays/tag-changes.ts'
import { listTags } from '../domain/overlays/tag-list.ts'
import { tagPhotos } from '../domain/overlays/tagging.ts'
import { requireFeature } from './feature.ts'
import { procedure } from './procedure.ts'

export const tagsProcedures = {
  'photos.tag': procedure({
    ...contract['photos.tag'],
    allow: accountWho('tag', 'tagForAll'),
    async run({ by, input, services: { db, announce } }) {
      const { areas, ...done } = await tagPhotos(db, by, input)
      if (areas.length > 0)
        announce({ topic: 'overlay', ...(input.shared ? { areas } : { accounts: [by.accountId] }) })
      return done
    },
  }),
  'tags.list': procedure({
    ...contract['tags.list'],
    allow: lookingWho('viewLibrary'),
    async run({ by, input, services: { db } }) {
      requireFeature(by, 'tags')
      return { tags: await listTags(db.read, await timelineScope(db.read, by, input.view), by) }
    },
  }),
  'tags.update': procedure({
    ...contract['tags.update'],
    allow: accountWho('tag', 'tagForAll'),
    async run({ by, input, services: { db, announce } }) {
      const { shared, ...done } = await changeTag(db, by, input)
      announce({ topic: 'overlay', ...(!shared && { accounts: [by.accountId] }) })
      return done
    },
  }),
  'tags.remove': procedure({
    ...contract['tags.remove'],
    allow: accountWho('tag', 'tagForAll'),
    async run({ by, input, services: { db, announce } }) {
      const { shared, ...done } = await removeTag(db, by, input.id)
      announce({ topic: 'overlay', ...(!shared && { accounts: [by.accountId] }) })
      return done
    },
  }),
}
