import { useState } from 'react'
import { documentText, exportPages } from '../../../../electron/contract/overlay-document.ts'
import { call } from '../../../api.ts'

/** Asks for everything this account added, page by page, and hands it to the browser as a file to be saved. */
export function useExport(username: string) {
  const [photos, setPhotos] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  async function save() {
    setError(null)
    setPhotos(0)
    try {
      const pieces: string[] = []
      const ask = exportPages(async (after) => {
        const page = await call('overlays.export', { after })
        setPhotos((sum) => (sum ?? 0) + page.photos.length)
        return page
      })
      for await (const piece of documentText(ask)) pieces.push(piece)
      offer(new Blob(pieces, { type: 'application/json' }), `mantel-${username}-${today()}.json`)
    } catch (caught) {
      setError(caught)
    } finally {
      setPhotos(null)
    }
  }
  return { save, error, isBusy: photos !== null, photos: photos ?? 0 }
}

/** `2026-11-22`, where the person is. */
function today(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

function offer(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // the browser has taken the file over by then
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
