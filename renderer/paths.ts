/** The last part of a path of any system, as people name a folder: `/home/ada/Pictures` → `Pictures`. */
export function folderName(path: string): string {
  const parts = path.split(/[\\/]+/).filter(Boolean)
  return parts.at(-1) ?? path
}
