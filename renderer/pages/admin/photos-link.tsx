import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { layerSearch } from '../../library/layer.ts'
import { useMe } from '../../me.ts'
import styles from './photos-link.module.css'

interface PhotosLinkProps {
  /** where the photos are listed; null where no list leads to them */
  href: string | null
  /** how many it counts: none are linked to nowhere */
  count: number
  /** what they are, for those who hear the link alone */
  about?: string
  children: ReactNode
}

/** A number of photos, as the way to them. */
export function PhotosLink({ href, count, about, children }: PhotosLinkProps) {
  if (href === null || count === 0) return children
  return (
    <Link href={href} className={styles.link}>
      {children}
      {about && <span className="visually-hidden"> {about}</span>}
    </Link>
  )
}

/** The address of what the whole household has. */
export const EVERYONES_PHOTOS = `/${layerSearch('everyone')}`

/** The address of what an account is given to see. */
export function usePhotosOf(accountId: number): string {
  const { account } = useMe()
  return accountId === account.id ? '/' : `/${layerSearch({ accountId })}`
}

/** The address of all that lies in a folder; null for one that was not scanned yet, and while folders are switched off. */
export function usePhotosIn({ directoryId }: { directoryId: number | null }): string | null {
  const { flags } = useMe()
  if (directoryId === null || !flags.folders) return null
  return `/folders/${directoryId}/all${layerSearch('everyone')}`
}
