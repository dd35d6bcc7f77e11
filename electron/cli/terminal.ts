/**
 * What could drive the terminal or trick the eye, one character wide each: control characters of both sets, line and paragraph separators,
 * marks that turn the direction of writing, halves of a pair.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** The same but for line ends, of which our own texts have some. */
const UNSAFE_IN_TEXT = new RegExp(`(?!\n)${UNSAFE.source}`, 'gu')

/** A name as it can be shown on a terminal. */
export const printable = (name: string) => name.replaceAll(UNSAFE, '?')

/** A text of several lines, with whatever names are in it. */
export const printableText = (text: string) => text.replaceAll(UNSAFE_IN_TEXT, '?')

/** One line of JSON that a terminal can show too: the same value, with unsafe characters as `\u` escapes. */
export const printableJson = (value: unknown) =>
  JSON.stringify(value).replaceAll(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Scripts and signs that terminals draw two columns wide (East Asian Width W and F, and pictures), as Unicode's blocks have them. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]|\ufe0f/u
/** What is drawn onto the character before it, or not at all. */
const WIDTHLESS = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The columns a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0
  for (const { segment } of graphemes.segment(text))
    if (!WIDTHLESS.test(segment)) width += WIDE.test(segment) ? 2 : 1
  return width
}

/** A text with as many blanks behind it as make it so many columns wide. */
export const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)))
