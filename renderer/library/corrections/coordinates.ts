/** Degrees north and east, WGS 84. */
export interface Coordinates {
  latitude: number
  longitude: number
}

/** Addresses that maps give out: `geo:`, Google's `@38.7,-9.1,15z`, OpenStreetMap's `#map=15/38.7/-9.1` and `?mlat=…&mlon=…`. */
const LINKS = [
  /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/i,
  /[?&]mlat=(-?\d+(?:\.\d+)?)&mlon=(-?\d+(?:\.\d+)?)/,
  /#map=[\d.]+\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)/,
  /@(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/,
]

const ANGLE = String.raw`([+-]?\d+(?:\.\d+)?)\s*°?\s*(?:(\d+(?:\.\d+)?)\s*')?\s*(?:(\d+(?:\.\d+)?)\s*")?`
const BETWEEN = String.raw`[\s;,/]+`
/** Both with a letter before, both with one behind, or none with any: `9° 8' W` and `W 9.1` are told apart by nothing else. */
const PAIRS = [
  { expression: new RegExp(`^([NSEWO])\\s*${ANGLE}[\\s;,/]*([NSEWO])\\s*${ANGLE}$`), at: [1, 2, 5, 6] },
  { expression: new RegExp(`^${ANGLE}\\s*([NSEWO])[\\s;,/]*${ANGLE}\\s*([NSEWO])$`), at: [4, 1, 8, 5] },
  { expression: new RegExp(`^${ANGLE}${BETWEEN}${ANGLE}$`), at: [null, 1, null, 4] },
] as const

/**
 * Reads coordinates as people have them: `38.7, -9.1`, `38,7; -9,1`, `38°42'10" N 9°8' W`, `N 38.7 W 9.1`, a map's address. `O` is east, as
 * Germans write. Null for what is none, or lies beyond the poles or the date line.
 */
export function parseCoordinates(text: string): Coordinates | null {
  const link = LINKS.map((expression) => expression.exec(text.trim())).find((match) => match !== null)
  if (link) return inRange(Number(link[1]), Number(link[2]))
  const plain = plainDecimals(unified(text))
  for (const { expression, at } of PAIRS) {
    const match = expression.exec(plain)
    if (match) return pairOf(match, at)
  }
  return null
}

/** One character for each sign, however it was typed. */
const unified = (text: string) =>
  text
    .trim()
    .toUpperCase()
    .replace(/[−–]/g, '-')
    .replace(/[º˚]/g, '°')
    .replace(/''|[″”“]/g, '"')
    .replace(/[′’‘´`]/g, "'")
    .replace(/[()]/g, '')

/** Commas are decimal ones only where there are no points, and no blank or sign follows; a single one between whole numbers parts them. */
function plainDecimals(text: string): string {
  if (text.includes('.')) return text
  const parted = text.replace(/,(?=\s|[+-])/g, ' ')
  const commas = parted.split(',').length - 1
  return commas === 1 && !/[\s;]/.test(parted) ? parted : parted.replaceAll(',', '.')
}

type Groups = (typeof PAIRS)[number]['at']

function pairOf(
  match: RegExpExecArray,
  [firstLetter, first, secondLetter, second]: Groups,
): Coordinates | null {
  const one = angle(match, first)
  const other = angle(match, second)
  if (one === null || other === null) return null
  if (firstLetter === null) return inRange(one, other)
  const letters = [match[firstLetter] ?? '', match[secondLetter] ?? '']
  const signed = [signedBy(one, letters[0]), signedBy(other, letters[1])] as const
  const isNorth = letters.map((letter) => letter === 'N' || letter === 'S')
  if (isNorth[0] === isNorth[1]) return null
  return isNorth[0] ? inRange(signed[0], signed[1]) : inRange(signed[1], signed[0])
}

function angle(match: RegExpExecArray, at: number): number | null {
  const [degrees, minutes, seconds] = [match[at], match[at + 1], match[at + 2]]
  if (Number(minutes ?? 0) >= 60 || Number(seconds ?? 0) >= 60) return null
  const size = Math.abs(Number(degrees)) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600
  return degrees?.startsWith('-') ? -size : size
}

const signedBy = (value: number, letter: string | undefined) =>
  letter === 'S' || letter === 'W' ? -Math.abs(value) : value

const inRange = (latitude: number, longitude: number): Coordinates | null =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
