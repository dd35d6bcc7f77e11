/**
 * The values of the contract that pages need at run time. They stand apart from the schemas, so that the renderer's bundle holds
 * no zod: it is large, and its fast path makes code from text, which the page's policy forbids.
 */

import type { ApiError } from './errors.ts'

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
  'upload',
  'lan',
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

/** Where browsers in the house find Mantel until an admin chooses another port. */
export const DEFAULT_LAN_PORT = 4043
/** `absent`: the program that answers has no door to the network. */
export const LAN_STATES = ['off', 'opening', 'open', 'failed', 'absent'] as const
/** The shortest prefixes of networks whose proxies are trusted. */
export const PROXY_PREFIX = { ipv4: 8, ipv6: 16 } as const

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

/**
 * Where a photo's bytes are found, relative to the page; answers 404 for whoever may not see it. `share`: as that link shows it, which
 * for `original` is what may be saved of it.
 */
export const mediaUrl = (kind: MediaKind, id: number, version: number, share?: number) =>
  `/media/${kind}/${id}/${version}${share === undefined ? '' : `?share=${share}`}`

/** Most photos that are changed in one go: what one write to the database holds. */
export const PHOTOS_AT_ONCE = 500
/** Most photos whose sidecars are written in one go. */
export const SIDECARS_AT_ONCE = 50

/** Most photos that are saved in one go. */
export const DOWNLOAD_MOST = 50_000
/** Where an archive that `downloads.begin`, or of a link's photos `shares.download`, made ready is found, relative to the page. */
export const zipUrl = (id: string, share?: number) =>
  `/zip/${id}${share === undefined ? '' : `?share=${share}`}`

/** Most photos that one answer of `timeline.month` holds: a server has it ready in some 20 ms. */
export const MONTH_PAGE = 5000

/** What may be saved through a link: nothing, pictures of the size that screens show, or the files themselves. */
export const LINK_DOWNLOADS = ['none', 'resized', 'original'] as const
export type LinkDownload = (typeof LINK_DOWNLOADS)[number]
/** What somebody may do with whom an album is shared by name: look, or add photos of their own too. */
export const SHARE_PARTS = ['viewer', 'contributor'] as const
export type SharePart = (typeof SHARE_PARTS)[number]
export const LINK_LABEL_MAX = 200
export const LINK_VIEWS_MAX = 1_000_000
/** Bytes of one file that is sent through a link: what a FAT32 card holds, and so what cameras cut their videos to. */
export const UPLOAD_MOST_BYTES = 4 * 2 ** 30
/** Characters of its name, and of what its sender calls themselves. */
export const UPLOAD_NAME_MAX = 255
export const SENDER_NAME_MAX = 100
/** Files that are taken or turned down in one go: each is copied to its folder. */
export const UPLOADS_AT_ONCE = 20
/** Most of them that one answer lists. */
export const UPLOADS_LISTED = 500
/** Where files go that are sent through a link, and what is said of each beside its bytes: JSON, percent-encoded. */
export const uploadUrl = (share: number) => `/upload/${share}`
export const UPLOAD_HEADER = 'x-mantel-file'
/** Where whoever decides about a held file finds a picture of it. */
export const heldPictureUrl = (kind: 'thumb' | 'preview', id: number) => `/upload/${kind}/${id}`
/** Where a link opens, relative to an address of the household. */
export const linkPath = (token: string) => `/s/${token}`
/** Where messengers find the picture on its card. */
export const cardUrl = (token: string) => `/card/${token}`

export const BACKUP_KINDS = ['nightly', 'by-hand', 'before-migration', 'set-aside'] as const
/** How many nightly backups may be kept, and as many that somebody asked for. */
export const BACKUPS_KEPT = { least: 1, most: 365 } as const

/** The one month of an album that is ordered by hand: its photos come in that order, whenever they were taken. */
export const HAND_MONTH = '0001-01'

/** What a page is told where its call was not answered at all. */
export const UNREACHABLE: ApiError = { code: 'unavailable', message: 'The server cannot be reached' }
