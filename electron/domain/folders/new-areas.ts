import type { Database } from '../../db/connect.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { ensureArea, unmakeArea } from '../areas/areas.ts'
import type { FolderIdentity } from '../areas/check-folder.ts'

interface NewAreasNeeds {
  db: Database
  clock: Clock
  log: Log
}

/** Areas for folders that are about to be granted. */
export interface NewAreas {
  /**
   * Finds or makes the areas of these folders and calls `use` with their ids, in the same order. Where anything throws, those it
   * made are taken away again, unless somebody else is about to use them too.
   */
  while<T>(folders: readonly FolderIdentity[], use: (areaIds: number[]) => Promise<T>): Promise<T>
}

/** One path that is being used: by how many, and the area that was made for it and is not anybody's yet. */
interface Use {
  users: number
  made: number | null
}

/** Builds the {@link NewAreas} of a household: one for all who grant, since they know of each other by it. */
export function createNewAreas({ db, clock, log }: NewAreasNeeds): NewAreas {
  const uses = new Map<string, Use>()
  // nobody may find an area that is just being taken away
  let unmaking: Promise<void> = Promise.resolve()

  function begin(path: string): Use {
    const use = uses.get(path) ?? { users: 0, made: null }
    uses.set(path, use)
    use.users += 1
    return use
  }

  function end(path: string, use: Use): void {
    use.users -= 1
    if (use.users > 0) return
    uses.delete(path)
    const { made } = use
    if (made === null) return
    unmaking = unmaking
      .then(() => unmakeArea(db, made))
      // what is left is nobody's: neither seen nor scanned
      .catch((error: unknown) => void log.error('an area that was made in vain was not taken away', error))
  }

  return {
    async while(folders, work) {
      const begun = folders.map(({ path }) => ({ path, use: begin(path) }))
      try {
        await unmaking
        const areaIds: number[] = []
        for (const [index, folder] of folders.entries())
          areaIds.push(
            await ensureArea({ db, clock }, folder, (id) => {
              const use = begun[index]?.use
              if (use) use.made = id
            }),
          )
        const result = await work(areaIds)
        for (const { use } of begun) use.made = null
        return result
      } finally {
        // the deepest first, as they were made last
        for (const { path, use } of begun.reverse()) end(path, use)
        await unmaking
      }
    },
  }
}
