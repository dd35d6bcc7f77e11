import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { placeholderColour } from '../placeholder.ts'
import styles from './cover-card.module.css'

/** A photo that stands for more. */
interface Cover {
  id: number
  version: number
  thumbhash: string | null
}

interface CoverCardProps {
  href: string
  /** one fills the card, up to four share it */
  covers: readonly Cover[]
  /** stands there when there is none */
  icon: ReactNode
  title: string
  about: string
  /** shown on the picture's corner */
  mark?: ReactNode
}

/** What leads to an album or a folder: pictures out of it, its name, and how much it holds. */
export function CoverCard({ href, covers, icon, title, about, mark }: CoverCardProps) {
  return (
    <li className={styles.card}>
      <Link href={href} className={styles.link}>
        <span className={styles.covers} data-count={covers.length > 2 ? 4 : covers.length}>
          {covers.slice(0, 4).map((cover) => (
            <CoverPicture key={cover.id} {...cover} />
          ))}
          {covers.length === 0 && icon}
          {mark && <span className={styles.mark}>{mark}</span>}
        </span>
        <span className={styles.title}>{title}</span>
        <span className={styles.about}>{about}</span>
      </Link>
    </li>
  )
}

function CoverPicture({ id, version, thumbhash }: Cover) {
  const colour = thumbhash && placeholderColour(thumbhash)
  return (
    <span className={styles.cover} style={colour ? { backgroundColor: colour } : undefined}>
      <img
        src={mediaUrl('thumb', id, version)}
        alt=""
        loading="lazy"
        decoding="async"
        // a picture that can't be had leaves its colour
        onError={(event) => event.currentTarget.remove()}
      />
    </span>
  )
}

interface CoverGridProps {
  label: string
  /** one line that scrolls sideways, where photos follow below */
  strip?: boolean
  children: ReactNode
}

/** Cards side by side. */
export function CoverGrid({ label, strip, children }: CoverGridProps) {
  return (
    <ul className={strip ? styles.strip : styles.grid} aria-label={label}>
      {children}
    </ul>
  )
}
