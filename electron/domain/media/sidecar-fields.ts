/** What is to be said in a photo's sidecar. What is left out is left as it stands there. */
export interface SidecarFields {
  /** local wall clock `YYYY-MM-DDTHH:mm:ss.sss`, and `±HH:mm` where it is known */
  date?: { at: string; offset: string | null }
  /** degrees north and east (WGS 84), metres above the sea; null takes a place away that stands there */
  place?: { latitude: number; longitude: number; altitude: number | null } | null
  /** 1 to 5 */
  rating?: number
  caption?: string
  /** each as the names that lead to it; those that stand there stay */
  tags?: string[][]
}

/** XMP's way to write a date: fractions only where there are any. */
export const xmpDate = ({ at, offset }: NonNullable<SidecarFields['date']>): string =>
  `${at.replace(/\.000$/, '')}${offset ?? ''}`

/** Degrees as XMP writes them: `38,42.000000N`. A millionth of a minute is two millimetres. */
export function xmpDegrees(degrees: number, [positive, negative]: readonly [string, string]): string {
  const millionths = Math.round(Math.abs(degrees) * 60_000_000)
  const whole = Math.floor(millionths / 60_000_000)
  const minutes = (millionths - whole * 60_000_000) / 1_000_000
  return `${whole},${minutes.toFixed(6)}${degrees < 0 ? negative : positive}`
}

/** Text as XML can hold it: without control characters and halves of letters, each line's end as one character. */
export const xmlText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
