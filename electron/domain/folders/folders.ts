import type { Access } from '../../contract/fields.ts'
import type { Tx } from '../../db/connect.ts'
import type { Actor } from '../accounts/rules.ts'
import type { StartedBy } from '../jobs/jobs.ts'
import type { GrantsPreview } from './preview.ts'

/** A folder as somebody asks for it. */
export interface WantedFolder {
  path: string
  access: Access
  mayShare?: boolean | undefined
}

/** The same after its path was checked and its area made; nobody's view has changed yet. */
export interface PreparedGrant {
  areaId: number
  access: Access
  mayShare: boolean
  /** where it lies, and its field, for when it is asked once more whether it is on offer; null where any directory may be named */
  offered: { path: string; field: string } | null
}

export interface PrepareOptions {
  /** may name any directory of the host; others choose among and below the household's folders */
  mayName: boolean
  /** the account they are meant for: folders it has already are not checked again (their drive may be away) */
  accountId?: number
  /** what the n-th folder's field is called in a refusal; `folders.<n>.path` unless told */
  field?: (index: number) => string
}

/** The household's folders: what is granted to whom, and which directories there are to grant. */
export interface Folders {
  /**
   * Checks each path (product rules of §4) and makes or splits areas for them in small chunks, which changes nobody's view; then calls
   * `grant`, which gives them to somebody, and answers what it answers. Where it throws, the areas are as they were before.
   * Throws `Refusal` naming the field.
   */
  prepare<T>(
    wanted: readonly WantedFolder[],
    options: PrepareOptions,
    grant: (grants: PreparedGrant[]) => Promise<T>,
  ): Promise<T>
  /**
   * Checks as {@link prepare} does, then tells who else sees these folders and how many photos would appear and vanish for the
   * account. Changes nothing.
   */
  preview(wanted: readonly WantedFolder[], options: PrepareOptions, by: Actor): Promise<GrantsPreview>
  /**
   * Makes these the account's grants and derives its reach, inside the caller's transaction; answers the areas concerned. Throws `Refusal` naming
   * the field of a folder that is not on offer any more.
   */
  setGrants(tx: Tx, accountId: number, grants: readonly PreparedGrant[]): Promise<number[]>
  /** After the commit: tells windows and queues scans of areas that were never scanned. */
  grantsChanged(areaIds: readonly number[], accountId: number): Promise<void>
  /** Registers a root; answers its area's id. Throws `Refusal` naming the field `path`, or for an actor that lost its rights meanwhile. */
  register(path: string, by: Actor): Promise<number>
  /** Forgets a root that nobody is granted (its rows are kept hidden or dropped by a clean-up). Throws `not_found`, `conflict` (`folder_in_use`). */
  unregister(areaId: number, by: Actor): Promise<void>
  /**
   * Takes an admin's word that what a braked scan did not find is really gone, and queues the scan that acts on it; answers its
   * job's id. Throws `not_found`, `conflict` (`folder_not_braked`).
   */
  accept(areaId: number, by: Actor, startedBy: StartedBy): Promise<number>
  /** Sub-directories for the chooser; without a path the roots. Throws `invalid` `path: folder_not_offered` outside the roots. */
  browse(path: string | undefined): Promise<{
    path: string | null
    parent: string | null
    directories: { name: string; path: string }[]
  }>
}
