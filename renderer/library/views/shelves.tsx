import {
  Archive,
  CalendarHeart,
  FileWarning,
  Heart,
  History,
  Lock,
  type LucideIcon,
  Unplug,
} from 'lucide-react'
import type { Output } from '../../../electron/contract/contract.ts'

/** The lists that need no further choice. */
export type Shelf = Exclude<keyof Output<'library.shelves'>, 'rated' | 'tags'>

interface ShelfLook {
  path: string
  icon: LucideIcon
  /** what it is among: one's own, put away, or in need of a look */
  group: 'yours' | 'away' | 'look'
}

/** Where each of these lists lives, in the order they are offered. */
export const SHELVES: Readonly<Record<Shelf, ShelfLook>> = {
  favourites: { path: '/favourites', icon: Heart, group: 'yours' },
  recent: { path: '/recent', icon: History, group: 'yours' },
  onThisDay: { path: '/on-this-day', icon: CalendarHeart, group: 'yours' },
  archived: { path: '/archive', icon: Archive, group: 'away' },
  private: { path: '/private', icon: Lock, group: 'away' },
  offline: { path: '/offline', icon: Unplug, group: 'look' },
  failed: { path: '/failed', icon: FileWarning, group: 'look' },
}

/** All of them, in order. */
export const SHELF_NAMES = Object.keys(SHELVES) as Shelf[] // the keys written above
