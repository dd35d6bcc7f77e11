/** Up to two capitals for a name: “Ada Lovelace” → “AL”, “ada” → “A”. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return picked
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

/** A hue (degrees) for a username, always the same one, among the warm third of the wheel and its neighbours. */
export function warmHue(username: string): number {
  let hash = 7
  for (const character of username) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 100_003
  // 340° (rose) to 130° (moss), in steps of ten
  return (340 + (hash % 16) * 10) % 360
}
