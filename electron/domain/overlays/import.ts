import type { z } from 'zod'
import { administrationScope, reachableScope } from '../../access/scope.ts'
import type { Output } from '../../contract/contract.ts'
import type { overlaysContract, PhotoEntry } from '../../contract/overlays.ts'
import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Actor } from '../accounts/rules.ts'
import { holderOf } from './holder.ts'
import { importAlbum } from './import-album.ts'
import { type Importing, importPhotos } from './import-photos.ts'
import type { Located } from './locate.ts'
import { type Allowed, allowedTo } from './overlay.ts'
import { placesFor } from './whereabouts.ts'

type Part = z.output<(typeof overlaysContract)['overlays.import']['input']>
type Answer = Output<'overlays.import'>

/**
 * Takes in one part of a document for an account, or says what that would come to. Only as far as the account's rights go; what is left
 * out is counted. Throws `Refusal` as `holderOf` does.
 */
export async function importPart(
  { db, clock }: { db: Database; clock: Clock },
  by: Actor,
  { accountId, dryRun, mode, header, photos = [], album }: Part,
): Promise<Answer> {
  const forNobody = by.kind === 'operator' && accountId === undefined && dryRun
  const holder = forNobody ? null : await holderOf(db.read, by, accountId)
  const scope = holder ? await reachableScope(db.read, holder) : await administrationScope(db.read, by)
  const placeOf = await placesFor(db.read, holder ?? by)
  const allowed = allowedTo(holder)
  const work: Importing = { db, clock, by, holder, scope, placeOf, allowed, mode, header, dryRun }
  const done = await importPhotos(work, photos)
  const outcome = album ? await importAlbum(work, album) : undefined
  const located = [...done.located, ...(outcome?.located ?? [])]
  return {
    matched: done.located.filter((where) => typeof where === 'number').length,
    notFound: placesOf(located, 'not-found'),
    ambiguous: placesOf(located, 'ambiguous'),
    changed: done.changed,
    album: outcome?.album ?? null,
    added: outcome?.added ?? 0,
    leftOut: { ...leftOut(photos, allowed), albums: outcome?.album === 'left-out' ? 1 : 0 },
  }
}

const placesOf = (located: readonly Located[], what: Located) =>
  located.flatMap((where, index) => (where === what ? [index] : []))

function leftOut(entries: readonly PhotoEntry[], allowed: Allowed): Omit<Answer['leftOut'], 'albums'> {
  const count = (may: boolean, has: (entry: PhotoEntry) => boolean) => (may ? 0 : entries.filter(has).length)
  return {
    favourites: count(allowed.favourites, ({ favourite }) => favourite),
    ratings: count(allowed.ratings, ({ rating }) => rating > 0),
    captions: count(allowed.captions, ({ caption }) => caption !== ''),
    tags: count(allowed.tags, ({ tags }) => tags.length > 0),
  }
}
