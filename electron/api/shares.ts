import type { LinkReader } from '../access/links.ts'
import {
  accountOrOperator,
  accountWho,
  holder,
  looking,
  lookingOrOperator,
  lookingWho,
  opener,
} from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { linkPath, MONTH_PAGE } from '../contract/values.ts'
import type { Read } from '../db/connect.ts'
import { countMonths, readMonth } from '../domain/library/months.ts'
import { linkBase } from '../domain/sharing/base.ts'
import { leaveLink, revokeLink, updateLink } from '../domain/sharing/change.ts'
import { concernedBy } from '../domain/sharing/concerned.ts'
import { findInList, photosOfLink } from '../domain/sharing/content.ts'
import { addedTo } from '../domain/sharing/contributed.ts'
import { addPhotos, createLink } from '../domain/sharing/create.ts'
import { describeHeld, describeLinks } from '../domain/sharing/describe.ts'
import { findHeld } from '../domain/sharing/find-link.ts'
import { describeHeldPhoto } from '../domain/sharing/held-photo.ts'
import { linksWithMe, ownLinks, sharedBy } from '../domain/sharing/list.ts'
import { noteOpened, openLink, passAgain } from '../domain/sharing/open.ts'
import { sharesShowing } from '../domain/sharing/showing.ts'
import { liveLink } from '../lib/live-key.ts'
import { procedure } from './procedure.ts'
import { tellOfLink } from './tell-of-link.ts'

/** The photos of a link that somebody holds. */
async function heldList(db: Read, by: LinkReader, share: number, now: number) {
  const { link, scope } = await findHeld(db, by, share, now)
  return photosOfLink(db, link, scope)
}

export const sharesProcedures = {
  'shares.createLink': procedure({
    ...contract['shares.createLink'],
    allow: accountWho('share'),
    async run({ by, input, caller, services }) {
      const { id, token } = await createLink(services, by, input)
      await tellOfLink(services, id)
      const { base } = await linkBase(services, caller.origin)
      return { id, url: base + linkPath(token) }
    },
  }),
  'shares.addPhotos': procedure({
    ...contract['shares.addPhotos'],
    allow: accountWho('share'),
    async run({ by, input, services }) {
      await addPhotos(services, by, input)
      await tellOfLink(services, input.id)
      return {}
    },
  }),
  'shares.update': procedure({
    ...contract['shares.update'],
    allow: accountWho('share'),
    async run({ by, input, services }) {
      await updateLink(services, by, input)
      await tellOfLink(services, input.id)
      return {}
    },
  }),
  // taking back is never taken away: also of whoever may make no links any more
  'shares.revoke': procedure({
    ...contract['shares.revoke'],
    allow: accountOrOperator,
    async run({ by, input: { id }, services }) {
      const concerned = await concernedBy(services.db.read, [id])
      await revokeLink(services, by, id)
      await tellOfLink(services, id, concerned)
      return {}
    },
  }),
  'shares.list': procedure({
    ...contract['shares.list'],
    allow: looking,
    async run({ by, input, caller, services }) {
      const { db, clock, secrets } = services
      const { base, reach } = await linkBase(services, caller.origin)
      const needs = { db: db.read, secrets, now: clock(), base }
      return { reach, links: await describeLinks(needs, by, await ownLinks(db.read, by, input)) }
    },
  }),
  'shares.overview': procedure({
    ...contract['shares.overview'],
    allow: lookingOrOperator,
    async run({ by, input: { everyone = false }, caller, services }) {
      const { db, clock, secrets } = services
      const { base, reach } = await linkBase(services, caller.origin)
      const needs = { db: db.read, secrets, now: clock(), base }
      return { reach, links: await describeLinks(needs, by, await sharedBy(db.read, by, everyone)) }
    },
  }),

  'shares.open': procedure({
    ...contract['shares.open'],
    allow: opener,
    async run({ by, input, caller: { address, visitorToken, effects }, services }) {
      const { link, scope, visit } = await openLink(services, { by, ...input, address, visitorToken })
      if (visit) effects.startVisit(visit)
      const { db, clock, announce } = services
      announce({ topic: 'shares', shares: [], accounts: await concernedBy(db.read, [link.share.id]) })
      return describeHeld({ db: db.read, by, now: clock() }, link, scope)
    },
  }),
  'shares.passAgain': procedure({
    ...contract['shares.passAgain'],
    allow: accountWho('viewShared'),
    async run({ by, input, caller: { address }, services }) {
      const { link, scope } = await passAgain(services, by, { ...input, address })
      const { db, clock, announce } = services
      announce({ topic: 'shares', shares: [], accounts: await concernedBy(db.read, [input.share]) })
      return describeHeld({ db: db.read, by, now: clock() }, link, scope)
    },
  }),
  'shares.withMe': procedure({
    ...contract['shares.withMe'],
    allow: lookingWho('viewShared'),
    async run({ by, services: { db, clock } }) {
      return { links: await linksWithMe(db.read, by, clock()) }
    },
  }),
  'shares.noteOpened': procedure({
    ...contract['shares.noteOpened'],
    allow: accountWho('viewShared'),
    async run({ by, input: { share }, services }) {
      const isNoted = await noteOpened(services, by, share)
      const { db, announce } = services
      if (isNoted) announce({ topic: 'shares', shares: [], accounts: await concernedBy(db.read, [share]) })
      return {}
    },
  }),
  'shares.leave': procedure({
    ...contract['shares.leave'],
    allow: accountWho('viewShared'),
    async run({ by, input: { share }, services }) {
      const concerned = await concernedBy(services.db.read, [share])
      await leaveLink(services, by, share)
      services.live.end([liveLink(share)])
      services.announce({ topic: 'shares', shares: [], accounts: concerned })
      return {}
    },
  }),
  'shares.showing': procedure({
    ...contract['shares.showing'],
    allow: looking,
    async run({ by, input: { photoId }, services: { db, clock } }) {
      return { shares: await sharesShowing(db.read, by, photoId, clock()) }
    },
  }),
  'shares.get': procedure({
    ...contract['shares.get'],
    allow: holder,
    async run({ by, input: { share }, services: { db, clock } }) {
      const { link, scope } = await findHeld(db.read, by, share, clock())
      return describeHeld({ db: db.read, by, now: clock() }, link, scope)
    },
  }),
  'shares.months': procedure({
    ...contract['shares.months'],
    allow: holder,
    async run({ by, input: { share }, services: { db, clock } }) {
      return { months: await countMonths(db.read, await heldList(db.read, by, share, clock())) }
    },
  }),
  'shares.month': procedure({
    ...contract['shares.month'],
    allow: holder,
    async run({ by, input: { share, month, after, limit = MONTH_PAGE }, services: { db, clock } }) {
      return readMonth(db.read, await heldList(db.read, by, share, clock()), { month, after, limit })
    },
  }),
  'shares.photo': procedure({
    ...contract['shares.photo'],
    allow: holder,
    async run({ by, input: { share, id }, services: { db, clock } }) {
      const { link, scope } = await findHeld(db.read, by, share, clock())
      const photo = await findInList(db.read, await photosOfLink(db.read, link, scope), id)
      const added = await addedTo(db.read, by, link, id)
      return describeHeldPhoto({ link, scope, added }, photo)
    },
  }),
}
