import { and, eq, inArray, ne, or, sql } from 'drizzle-orm'
import type { Tx } from '../../db/connect.ts'
import { areaAccess, files, photos } from '../../db/schema.ts'
import { wholeHashBytes } from './candidates.ts'

/** What tells a file's content. */
export interface Content {
  sizeBytes: number
  /** of the first and last 64 KiB */
  quickHash: string | null
  /** of all of it; null until it was decoded */
  contentHash: string | null
}

/** Marks that hide a photo from some who reach its folder. */
interface Marks {
  private: boolean
  archived: boolean
  trashedAt: number | null
}

/** A photo that is about to be forgotten. */
export interface Leaving extends Content, Marks {
  photoId: number
  areaId: number
}

/** A photo whose file is on disk and holds the same. */
interface Survivor extends Marks {
  photoId: number
  areaId: number
}

/**
 * Whether two files certainly hold the same: by the hash of all of it, or that of their ends where these are all of it. A hash of
 * everything beside other ends is out of date: the file was written over after a scan had looked at it. Empty files say nothing.
 */
export function isSameContent(one: Content, other: Content): boolean {
  if (one.sizeBytes !== other.sizeBytes || one.sizeBytes === 0) return false
  if (one.quickHash !== null && other.quickHash !== null) {
    if (one.quickHash !== other.quickHash) return false
    if (one.sizeBytes <= wholeHashBytes) return true
  }
  return one.contentHash !== null && one.contentHash === other.contentHash
}

/** The photos that hold the same as one that is about to be forgotten, and who of all accounts reaches which of them. */
export class Survivors {
  readonly #leaving: Leaving
  readonly #all: readonly Survivor[]
  /** accounts by area */
  readonly #reach: ReadonlyMap<number, ReadonlySet<number>>

  private constructor(leaving: Leaving, all: readonly Survivor[], reach: Map<number, Set<number>>) {
    this.#leaving = leaving
    this.#all = all
    this.#reach = reach
  }

  /** Undefined where there is no survivor. */
  static async find(tx: Tx, leaving: Leaving): Promise<Survivors | undefined> {
    const all = await findSurvivors(tx, leaving)
    if (all.length === 0) return undefined
    const areaIds = [...new Set([leaving, ...all].map(({ areaId }) => areaId))]
    const rows = await tx
      .select({ areaId: areaAccess.areaId, accountId: areaAccess.accountId })
      .from(areaAccess)
      .where(inArray(areaAccess.areaId, areaIds))
    const byArea = Map.groupBy(rows, ({ areaId }) => areaId)
    const reach = new Map(
      [...byArea].map(([id, accounts]) => [id, new Set(accounts.map(({ accountId }) => accountId))]),
    )
    return new Survivors(leaving, all, reach)
  }

  /** The one that what an account keeps for itself goes to: one it reaches, if there is any. */
  forAccount(accountId: number): Survivor | undefined {
    return this.#best(this.#all, accountId)
  }

  /**
   * The one that may take the place of the leaving photo where an account shows it to others. Never one that is hidden from
   * fewer: others would get to see what was private before.
   */
  forShowing(accountId: number): Survivor | undefined {
    return this.#best(this.#hiddenAlike(), accountId)
  }

  /** The one for what everybody with the folder reads: only where no one reads it who did not before. */
  forEverybody(): Survivor | undefined {
    const readers = this.#reach.get(this.#leaving.areaId) ?? new Set()
    const safe = this.#hiddenAlike().filter(({ areaId }) =>
      [...(this.#reach.get(areaId) ?? [])].every((accountId) => readers.has(accountId)),
    )
    return this.#best(safe)
  }

  #hiddenAlike(): Survivor[] {
    const { private: isPrivate, archived, trashedAt } = this.#leaving
    return this.#all.filter(
      (other) =>
        (other.private || !isPrivate) &&
        (other.archived || !archived) &&
        (other.trashedAt !== null || trashedAt === null),
    )
  }

  /** One in reach, then the one that is hidden from the fewest (what is in the trash leaves too), then the oldest. */
  #best(among: readonly Survivor[], accountId?: number): Survivor | undefined {
    const isOutOfReach = ({ areaId }: Survivor) =>
      accountId !== undefined && !this.#reach.get(areaId)?.has(accountId)
    return among.toSorted(
      (a, b) =>
        Number(isOutOfReach(a)) - Number(isOutOfReach(b)) || marksOf(a) - marksOf(b) || a.photoId - b.photoId,
    )[0]
  }
}

const marksOf = ({ private: isPrivate, archived, trashedAt }: Marks) =>
  Number(isPrivate) + Number(archived) + Number(trashedAt !== null)

/** What is compared of a photo that goes and those that may survive it. */
export const marksAndContent = {
  photoId: photos.id,
  areaId: photos.areaId,
  private: photos.private,
  archived: photos.archived,
  trashedAt: photos.trashedAt,
  sizeBytes: files.sizeBytes,
  quickHash: files.quickHash,
  contentHash: files.contentHash,
} as const

async function findSurvivors(tx: Tx, leaving: Leaving): Promise<Survivor[]> {
  const { photoId, sizeBytes, quickHash, contentHash } = leaving
  // Each term has an index. Size alone is none to search by: uncompressed pictures of a camera are all of one size.
  const alike = or(
    contentHash === null ? undefined : eq(files.contentHash, contentHash),
    quickHash === null ? undefined : and(eq(files.sizeBytes, sizeBytes), eq(files.quickHash, quickHash)),
  )
  if (!alike) return []
  const rows = await tx
    .select(marksAndContent)
    .from(files)
    .innerJoin(photos, eq(photos.id, files.photoId))
    .where(
      and(
        alike,
        ne(files.photoId, photoId),
        sql`+${files.presence} = 'present'`,
        sql`+${files.part} = 'primary'`,
      ),
    )
  return rows.filter((file) => isSameContent(leaving, file))
}
