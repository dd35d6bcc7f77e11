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
