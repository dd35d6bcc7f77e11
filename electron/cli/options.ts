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
