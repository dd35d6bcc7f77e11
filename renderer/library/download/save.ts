import { mediaUrl, zipUrl } from '../../../electron/contract/values.ts'

/** Saves a photo's file under its own name, which the server tells; `share`: what may be saved of it through that link. */
export const saveOriginal = (id: number, share?: number) => save(mediaUrl('original', id, 0, share))

/** Saves an archive that was made ready, under the name that the server tells; `share`: of that link's photos. */
export const saveArchive = (id: string, share?: number) => save(zipUrl(id, share))

function save(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
