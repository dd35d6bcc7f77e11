/** Bytes of a name at most, so that a number fits behind it: file systems take 255. */
const MOST_BYTES = 240
/** Longer ends of names are no endings. */
const MOST_ENDING = 20

/** Slashes and what Windows refuses; characters that control, or turn the text around so that `gpj.exe` looks like `exe.jpg`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const REFUSED = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
/** Devices of Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(\.|$)/i

/**
 * A file's name as it may stand in an archive, whatever it is called on the disk: no path and nothing that leads elsewhere, characters that every
 * system takes, in one way of writing accents (NFC). Never empty.
 */
export function safeName(name: string): string {
  const plain = name.toWellFormed().normalize('NFC').replaceAll(REFUSED, '_').trim()
  const cut = shortened(plain).replace(/[. ]+$/, '')
  if (cut === '') return 'photo'
  return DEVICE.test(cut) ? `_${cut}` : cut
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name
  const { stem, ending } = partsOf(name)
  let left = MOST_BYTES - Buffer.byteLength(ending)
  let kept = ''
  for (const character of stem) {
    left -= Buffer.byteLength(character)
    if (left < 0) break
    kept += character
  }
  return kept + ending
}

function partsOf(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf('.')
  const isEnding = dot > 0 && Buffer.byteLength(name.slice(dot)) <= MOST_ENDING
  return isEnding ? { stem: name.slice(0, dot), ending: name.slice(dot) } : { stem: name, ending: '' }
}

/** A name without what comes behind its last dot, where that may be an ending. */
export const withoutEnding = (name: string): string => partsOf(name).stem

/** A name with a number behind it, before its ending: `IMG_1 (2).jpg`; the first has none. */
export function numbered(name: string, number: number): string {
  const { stem, ending } = partsOf(name)
  return number === 1 ? name : `${stem} (${number})${ending}`
}

/** The same for names that some file system holds to be one: by case, or by how accents are written. */
const likeness = (name: string) => name.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD')

/**
 * {@link safeName} of each, in that order, no two of them alike on any system: `IMG_1.jpg`, `IMG_1 (2).jpg`.
 * @param reserved names that none of them may have
 */
export function uniqueNames(names: readonly string[], reserved: readonly string[] = []): string[] {
  const taken = new Set(reserved.map(likeness))
  /** the number that a further one of that name begins with */
  const next = new Map<string, number>()
  return names.map((name) => {
    const safe = safeName(name)
    const key = likeness(safe)
    let unique = safe
    let number = next.get(key) ?? 2
    for (; taken.has(likeness(unique)); number += 1) unique = numbered(safe, number)
    next.set(key, number)
    taken.add(likeness(unique))
    return unique
  })
}
