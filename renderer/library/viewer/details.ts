import type { Photo } from '../../../electron/contract/photos.ts'
import { formatNumber } from '../../format.ts'

/** Longer exposures are told in seconds, shorter ones as a fraction, as cameras do. */
const LONG_EXPOSURE = 0.3

/** An exposure in seconds as photographers write it: `1/250 s`, `0.5 s`, `30 s`. */
export function formatExposure(seconds: number): string {
  if (seconds >= LONG_EXPOSURE) return `${formatNumber(seconds, 1)} s`
  return `1/${formatNumber(Math.round(1 / seconds))} s`
}

/** `Pixel 8`, `1/250 s`, `f/1.7`, `ISO 64`, `6.9 mm`, as far as they are known. */
export function cameraParts(camera: Photo['camera']): string[] {
  if (!camera) return []
  const { model, make, exposureSeconds, fNumber, iso, focalLengthMm } = camera
  return [
    model ?? make,
    exposureSeconds !== null && exposureSeconds > 0 ? formatExposure(exposureSeconds) : null,
    fNumber !== null && fNumber > 0 ? `f/${formatNumber(fNumber, 1)}` : null,
    iso !== null && iso > 0 ? `ISO ${iso}` : null,
    focalLengthMm !== null && focalLengthMm > 0 ? `${formatNumber(focalLengthMm, 1)} mm` : null,
  ].flatMap((part) => (part?.trim() ? [part.trim()] : []))
}

/** The maker where the model does not name it, and the lens: what stands below the camera line. */
export function makerLine(camera: Photo['camera']): string | null {
  const make = camera?.make?.trim()
  const model = camera?.model?.trim().toLowerCase()
  const parts: string[] = []
  if (make && model && !model.includes(make.toLowerCase().split(/\s/)[0] ?? '')) parts.push(make)
  if (camera?.lens?.trim()) parts.push(camera.lens.trim())
  return parts.length > 0 ? parts.join(' · ') : null
}

/** Degrees as people read them: `48.30280° N, 8.92750° E`. Five digits are about a metre. */
export function formatCoordinates({ latitude, longitude }: NonNullable<Photo['gps']>): string {
  const degrees = (value: number) => `${Math.abs(value).toFixed(5)}°`
  return `${degrees(latitude)} ${latitude < 0 ? 'S' : 'N'}, ${degrees(longitude)} ${longitude < 0 ? 'W' : 'E'}`
}

/** Degrees as maps take them: `48.302800, 8.927500`. */
export const plainCoordinates = ({ latitude, longitude }: NonNullable<Photo['gps']>) =>
  `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`

/** `24.2 MP · 6,000 × 4,000`; null while the size is unknown. */
export function pixelLine(width: number | null, height: number | null): string | null {
  if (!width || !height) return null
  const mega = (width * height) / 1e6
  const size = `${formatNumber(width)} × ${formatNumber(height)}`
  return mega >= 0.1 ? `${size} · ${formatNumber(mega, 1)} MP` : size
}

/** Originals that browsers show themselves. */
const SHOWN_BY_BROWSERS = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'])
/** Kinds that may move, which only the original does. */
const MAY_MOVE = new Set(['image/gif', 'image/webp'])

export const browserShows = (mime: string) => SHOWN_BY_BROWSERS.has(mime)
export const mayMove = (mime: string) => MAY_MOVE.has(mime)
