import type { WalkClient } from '../../workers/walk-client.ts'

/** A disk of the household, with the room it has, bytes. */
export interface Disk {
  freeBytes: number
  totalBytes: number
  /** whether the database, the made pictures and the backups lie on it */
  holdsData: boolean
  /** folders on it, by id */
  folderIds: number[]
}

/** The disks that the data directory and the folders lie on, each once; folders that can't be looked at are left out. */
export async function lookAtDisks(
  walk: Pick<WalkClient, 'space'>,
  dataDir: string,
  folders: readonly { id: number; path: string }[],
): Promise<Disk[]> {
  const disks = new Map<string, Disk>()
  const places = [{ id: null, path: dataDir }, ...folders]
  const looked = await Promise.all(
    places.map(async ({ id, path }) => ({ id, space: await walk.space(path) })),
  )
  for (const { id, space } of looked) {
    if (!space.ok) continue
    const { device, freeBytes, totalBytes } = space
    const disk = disks.get(device) ?? { freeBytes, totalBytes, holdsData: false, folderIds: [] }
    disks.set(device, disk)
    if (id === null) disk.holdsData = true
    else disk.folderIds.push(id)
  }
  return [...disks.values()]
}
