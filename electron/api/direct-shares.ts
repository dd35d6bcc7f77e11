import { account, accountWho } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { concernedBy } from '../domain/sharing/concerned.ts'
import { bringBack, contribute, withdraw } from '../domain/sharing/contribute.ts'
import { shareWith } from '../domain/sharing/direct.ts'
import { addPeople, removePeople, setPart } from '../domain/sharing/direct-people.ts'
import { peopleFor } from '../domain/sharing/people.ts'
import { procedure } from './procedure.ts'
import { tellOfContent, tellOfLink } from './tell-of-link.ts'

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
  'shares.setPart': procedure({
    ...contract['shares.setPart'],
    allow: accountWho('share'),
    async run({ by, input, services }) {
      await setPart(services, by, input)
      const accounts = await concernedBy(services.db.read, [input.id])
      services.announce({ topic: 'shares', shares: [input.id], accounts })
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
  'shares.contribute': procedure({
    ...contract['shares.contribute'],
    allow: accountWho('share'),
    async run({ by, input, services }) {
      const added = await contribute(services, by, input)
      await tellOfContent(services, [input.share])
      return { added }
    },
  }),
  // the same holds for what one added
  'shares.withdraw': procedure({
    ...contract['shares.withdraw'],
    allow: account,
    async run({ by, input, services }) {
      const withdrawn = await withdraw(services, by, input)
      await tellOfLink(services, input.share)
      return { withdrawn }
    },
  }),
  'shares.bringBack': procedure({
    ...contract['shares.bringBack'],
    allow: account,
    async run({ by, input, services }) {
      const broughtBack = await bringBack(services, by, input)
      await tellOfContent(services, [input.share])
      return { broughtBack }
    },
  }),
}
