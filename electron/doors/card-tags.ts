import type { CardDescription } from '../api/card.ts'

/** What a card says of its own. It is read by messengers and stands before any page, so it is not in the renderer's locales. */
const WORDS = {
  en: { shared: 'Shared photos', photosOf: (name: string) => `Photos from ${name}` },
  de: { shared: 'Geteilte Fotos', photosOf: (name: string) => `Fotos von ${name}` },
}

/** Messengers cut what is longer. */
const MOST_CHARACTERS = 300

interface CardAddresses {
  /** absolute: of the link itself, without a photo in it */
  page: string
  /** absolute */
  picture: string
}

/**
 * The meta tags by which messengers draw a card of a link (Open Graph, and Twitter's own): its name, who shares it, what they wrote and one
 * picture; of one with a password only that something is shared. What people wrote is text, whatever is in it.
 */
export function cardTags(card: CardDescription, addresses: CardAddresses): string {
  const { locked, by, cover, language, description } = card
  const words = WORDS[language === 'de' ? 'de' : 'en']
  const title = card.title || (by === '' ? words.shared : words.photosOf(by))
  const facts = [card.title !== '' && by !== '' && words.photosOf(by), description]
  const about = facts.filter(Boolean).join(' · ')
  const tags: [string, string][] = [
    ['og:type', 'website'],
    ['og:site_name', 'Mantel'],
    ['og:title', locked ? words.shared : title],
    ['og:url', addresses.page],
    ...(about === '' ? [] : [['og:description', about] satisfies [string, string]]),
    ...(cover
      ? [
          ['og:image', `${addresses.picture}?v=${cover.version}`] satisfies [string, string],
          ['og:image:type', 'image/webp'] satisfies [string, string],
        ]
      : []),
    ['twitter:card', cover ? 'summary_large_image' : 'summary'],
  ]
  return tags.map(([name, content]) => metaTag(name, content)).join('')
}

// Open Graph goes by `property`, Twitter by `name`
const metaTag = (name: string, content: string) =>
  `<meta ${name.startsWith('og:') ? 'property' : 'name'}="${name}" content="${escaped(shortened(content))}" />`

function shortened(text: string): string {
  // control characters have no meaning here, and lone halves of a character none anywhere
  const plain = text.toWellFormed().replaceAll(/\p{Cc}+/gu, ' ')
  const characters = [...plain]
  return characters.length <= MOST_CHARACTERS
    ? plain
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
