import type { Folder } from '../../electron/contract/folders.ts'

/** Whether `path` is `root` or lies below it, by path components; for display only, the server decides by file identity. */
export function isWithin(path: string, root: string): boolean {
  const own = parts(path)
  return parts(root).every((part, index) => own[index] === part)
}

const parts = (path: string) => path.split(/[\\/]+/).filter(Boolean)

export interface FolderPreview {
  /** photos known in it; null where Mantel has not seen this folder on its own yet */
  photoCount: number | null
  /** names of the others who see it, through this folder or one around it */
  alsoSeenBy: string[]
}

/**
 * Who else sees a folder and how many photos it holds, from what the household knows.
 * @param self the account being edited, left out of the answer
 */
export function previewFolder(path: string, folders: readonly Folder[], self: number | null): FolderPreview {
  const around = folders.filter((folder) => isWithin(path, folder.path))
  const names = new Map<number, string>()
  for (const folder of around)
    for (const holder of folder.accounts)
      if (holder.id !== self) names.set(holder.id, holder.name || holder.username)
  const itself = around.find((folder) => parts(folder.path).length === parts(path).length)
  return { photoCount: itself?.photoCount ?? null, alsoSeenBy: [...names.values()] }
}
