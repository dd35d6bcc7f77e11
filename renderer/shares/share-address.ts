import { useLocation } from 'wouter'
import { splitAddress } from '../library/list-address.ts'

/** What the address of something shared says. */
export interface ShareAddress {
  /** how it is found: by the secret in a link, or by its id among what an account opened */
  by: { token: string } | { share: number }
  /** the address of its list */
  path: string
  /** the photo open over it */
  photoId: number | null
}

/** The share whose address is open, with the photo over it; null on all other pages. */
export function useShareAddress(): ShareAddress | null {
  const [location] = useLocation()
  return shareAddress(location)
}

/** A path as that of something shared: `/s/<token>`, `/shared/3/photo/12`. Null for all others. */
export function shareAddress(location: string): ShareAddress | null {
  const at = splitAddress(location)
  if (!at) return null
  const [, token, share] = /^\/(?:s\/([A-Za-z0-9_-]{1,200})|shared\/([1-9]\d{0,14}))$/.exec(at.path) ?? []
  if (token !== undefined) return { by: { token }, ...at }
  return share === undefined ? null : { by: { share: Number(share) }, ...at }
}
