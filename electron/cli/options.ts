import { InvalidArgumentError } from 'commander'

// What commander reads options and arguments with; each refuses with a sentence that follows the option's name.

/** An option that can be given several times. */
export const several = (value: string, before: string[] = []) => [...before, value]

/** The path of a directory. */
export function toFolder(value: string): string {
  if (value === '') throw new InvalidArgumentError('A folder has a name.')
  return value
}

/** The port to listen on; 0 takes any free one. */
export function toPort(value: string): number {
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

/** The id of a row, as the lists print it. */
export function toId(value: string): number {
  const id = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(id) || id < 1)
    throw new InvalidArgumentError('A whole number, as the list shows it.')
  return id
}

/** How many rows a list may have. */
export function toLimit(value: string): number {
  const limit = Number(value)
  if (!/^\d+$/.test(value) || limit < 1 || limit > 500)
    throw new InvalidArgumentError('A number from 1 to 500.')
  return limit
}

/** How many entries of the audit log are shown at once. */
export function toPage(value: string): number {
  const limit = Number(value)
  if (!/^\d+$/.test(value) || limit < 1 || limit > 200)
    throw new InvalidArgumentError('A number from 1 to 200.')
  return limit
}

/** A day's first moment or a moment, local time, in epoch ms. */
export const toMoment = (value: string) => readMoment(value, 0)

/** The moment after a day, or a moment, likewise. */
export const toEndMoment = (value: string) => readMoment(value, 1)

/** Days are counted by the calendar: not each has 24 hours. */
function readMoment(value: string, daysLater: number): number {
  const [, year, month, day, hours, minutes] = (
    /^(\d{4})-(\d\d)-(\d\d)(?:[ T]([01]\d|2[0-3]):([0-5]\d))?$/.exec(value) ?? []
  ).map(Number)
  const isDay = Number.isNaN(hours)
  const date = new Date(year ?? Number.NaN, (month ?? 0) - 1, day, isDay ? 0 : hours, isDay ? 0 : minutes)
  // a 31st of June would be read as the 1st of July
  if (date.getMonth() + 1 !== month || date.getDate() !== day)
    throw new InvalidArgumentError('A date such as 2026-11-21, or "2026-11-21 18:04".')
  return isDay ? date.setDate(date.getDate() + daysLater) : date.getTime()
}

/** Decimal units, as disks are sold. */
const UNITS: Record<string, number> = { kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 }

/** A storage quota in bytes. The unit is asked for: a bare number could mean bytes or gigabytes. */
export function toQuota(value: string): number | 'none' {
  // not null, which commander takes for an option without a value
  if (value === 'none') return value
  const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?) ?([kmgt]b)$/i.exec(value) ?? []
  const factor = UNITS[unit.toLowerCase()]
  const size = Math.round(Number(amount) * (factor ?? Number.NaN))
  if (!Number.isSafeInteger(size))
    throw new InvalidArgumentError('A number with its unit, such as 500MB or 2.5GB, or "none".')
  return size
}
