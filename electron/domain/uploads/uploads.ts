import type { AccountPrincipal } from '../../access/principal.ts'
import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Throttle } from '../accounts/throttle.ts'
import { type Accepted, type AcceptNeeds, acceptUploads } from './accept.ts'
import { declineUploads } from './decline.ts'
import { HeldFiles } from './held-files.ts'
import { createHeldPictures, type HeldPictures } from './held-pictures.ts'
import { UPLOAD_LIMITS, type UploadLimits } from './limits.ts'
import { createReceiving, type Receiving } from './receive.ts'
import { forgetUploads, sweepUploads } from './sweep.ts'

/** Files that links' holders send: taken, held, and put into a folder or turned down. */
export interface Uploads extends Receiving {
  readonly pictures: HeldPictures
  /** See `acceptUploads`. One call after the other, so that no file is put into two folders. */
  accept(by: AccountPrincipal, wanted: Parameters<typeof acceptUploads>[2]): Promise<Accepted>
  /** See `declineUploads`; waits for what is being accepted. */
  decide(by: AccountPrincipal, ids: readonly number[], to: 'declined' | 'restored'): Promise<number[]>
  /** Once at start, before anything comes. */
  sweep(): Promise<void>
  /** Once a day. */
  forget(): Promise<void>
}

interface UploadsNeeds {
  db: Database
  clock: Clock
  log: Log
  throttle: Throttle
  /** absolute */
  dataDir: string
  placing: AcceptNeeds['placing']
  media: Parameters<typeof createHeldPictures>[0]['media']
  /** absolute */
  cacheDirectory: string
  limits?: UploadLimits | undefined
}

/** Puts the parts together. */
export function createUploads(needs: UploadsNeeds): Uploads {
  const files = new HeldFiles(needs.dataDir)
  const limits = needs.limits ?? UPLOAD_LIMITS
  const { media, cacheDirectory } = needs
  let turn: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  return {
    ...createReceiving({ ...needs, files, limits }),
    pictures: createHeldPictures({ files, media, cacheDirectory }),
    accept: (by, wanted) => inTurn(() => acceptUploads({ ...needs, files }, by, wanted)),
    decide: (by, ids, to) => inTurn(() => declineUploads(needs, by, ids, to)),
    sweep: () => sweepUploads({ ...needs, files }),
    forget: () => forgetUploads({ ...needs, files }),
  }
}
