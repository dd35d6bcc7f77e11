/**
 * The values of the contract that pages need at run time. They stand apart from the schemas, so that the renderer's bundle holds
 * no zod: it is large, and its fast path makes code from text, which the page's policy forbids.
 */

/** Roles an admin can assign; `visitor` is the system's own. */
export const ROLES = ['admin', 'user', 'viewer', 'guest'] as const

/** Features of the household that super admins switch off and on. */
export const FLAGS = [
  'albums',
  'archive',
  'delete',
  'download',
  'edit',
  'favourites',
  'folders',
  'import',
  'people',
  'places',
  'private',
  'ratings',
  'search',
  'share',
  'tags',
  'upload',
  'videos',
  'webdav',
  'lan',
  'registration',
] as const
export type Flag = (typeof FLAGS)[number]

/**
 * The features of which something can be felt in this version: the Admin Area offers these alone. The list grows with the features; the
 * API takes every flag at any time.
 */
export const OFFERED_FLAGS = [
  'registration',
  'download',
  'videos',
  'places',
  'folders',
  'favourites',
  'ratings',
  'tags',
  'albums',
  'edit',
  'archive',
  'private',
  'share',
  'webdav',
] as const satisfies readonly Flag[]

export const PASSWORD_MIN_CHARACTERS = 8

export const THEMES = ['system', 'light', 'dark'] as const
export const LANGUAGES = ['system', 'en', 'de'] as const
/** How tall the timeline's rows are. */
export const DENSITIES = ['compact', 'comfortable', 'large'] as const
/** `system`: as people write dates where the device is; `iso`: 2024-07-06. */
export const DATE_FORMATS = ['system', 'day-month', 'month-day', 'iso'] as const
/** Where Mantel opens; `admin` counts for those alone who have an Admin Area. */
export const START_PAGES = ['photos', 'admin'] as const

/** How long a photo of a slideshow stays, in seconds. */
export const SLIDESHOW_SECONDS = ['3', '5', '10', '20', '30'] as const

export const JOB_STATES = [
  'queued',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
  'interrupted',
] as const
/** What becomes of what a deleted account added: kept for 30 days, with albums and shares handed on, or removed at once. */
export const REMOVAL_MODES = ['keep', 'transfer', 'now'] as const
export type RemovalMode = (typeof REMOVAL_MODES)[number]

/** What may be made once more: pictures that came to nothing, or all there are of a kind. Each is a kind of job. */
export const REBUILDS = ['retry-failed', 'rebuild-thumbnails', 'rebuild-previews'] as const
export type Rebuild = (typeof REBUILDS)[number]
export const JOB_KINDS = ['scan', 'previews', ...REBUILDS, 'clear-cache', 'purge', 'backup'] as const

/** How many pictures may be worked on at a time; `auto` follows the number of processors. */
export const WORKERS = ['auto', 1, 2, 3, 4, 5, 6, 7, 8] as const
/** Longer edges of previews that people may choose, pixels. */
export const PREVIEW_EDGES = [1440, 2048, 2880] as const
export const PREVIEW_QUALITY = { least: 60, most: 95 } as const

/** The hours between two scans that people may choose. */
export const RESCAN_HOURS = [1, 3, 6, 12] as const
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

/** The kinds of picture bytes a photo has. */
export const MEDIA_KINDS = ['thumb', 'preview', 'original'] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

/** Where a photo's bytes are found, relative to the page; answers 404 for whoever may not see it. */
export const mediaUrl = (kind: MediaKind, id: number, version: number) => `/media/${kind}/${id}/${version}`

/** Most photos that are changed in one go: what one write to the database holds. */
export const PHOTOS_AT_ONCE = 500
/** Most photos whose sidecars are written in one go. */
export const SIDECARS_AT_ONCE = 50

/** Most photos that one answer of `timeline.month` holds: a server has it ready in some 20 ms. */
export const MONTH_PAGE = 5000

export const BACKUP_KINDS = ['nightly', 'by-hand', 'before-migration', 'set-aside'] as const
/** How many nightly backups may be kept, and as many that somebody asked for. */
export const BACKUPS_KEPT = { least: 1, most: 365 } as const

/** The one month of an album that is ordered by hand: its photos come in that order, whenever they were taken. */
export const HAND_MONTH = '0001-01'
