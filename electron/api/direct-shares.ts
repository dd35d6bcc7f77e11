import { account, accountWho } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { concernedBy } from '../domain/sharing/concerned.ts'
import { addPeople, removePeople, shareWith } from '../domain/sharing/direct.ts'
import { peopleFor } from '../domain/sharing/people.ts'
import { procedure } from './procedure.ts'
import { tellOfLink } from './tell-of-link.ts'

export const directSharesProcedures = {
  'shares.people': procedure({
    ...contract['shares.people'],
    allow: accountWho('share'),
    async run({ by, services: { db } }) {
      return { people: await peopleFor(db.read, by) }
    },
  }),
  'shares.shareWith': procedure({
    ...contract['shares.shareWith'],
    allow: accountWho('share'),
    async run({ by, input, services }) {
      const made = await shareWith(services, by, input)
      await tellOfLink(services, made.id)
      return made
    },
  }),
  'shares.addPeople': procedure({
    ...contract['shares.addPeople'],
    allow: accountWho('share'),
    async run({ by, input, services }) {
      await addPeople(services, by, input)
      // nobody sees it otherwise than before: nothing is cut
      const accounts = await concernedBy(services.db.read, [input.id])
      services.announce({ topic: 'shares', shares: [], accounts })
      return {}
    },
  }),
  // taking back is never taken away: also of whoever may share no more
  'shares.removePeople': procedure({
    ...contract['shares.removePeople'],
    allow: account,
    async run({ by, input, services }) {
      const concerned = await concernedBy(services.db.read, [input.id])
      await removePeople(services, by, input)
      await tellOfLink(services, input.id, concerned)
      return {}
    },
  }),
}
