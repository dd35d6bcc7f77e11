/** So many stars. */
export type Rating = 'rate0' | 'rate1' | 'rate2' | 'rate3' | 'rate4' | 'rate5'

/** What a key does in the viewer. */
export type ViewerAction =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'close'
  | 'zoomIn'
  | 'zoomOut'
  | 'zoomToggle'
  | 'slideshow'
  | 'fullscreen'
  | 'info'
  | 'favourite'
  | Rating
  | 'caption'
  | 'tag'
  | 'album'
  | 'archive'
  | 'private'
  | 'download'
  | 'share'
  | 'undo'
  | 'help'

const ACTIONS: Readonly<Record<string, ViewerAction>> = {
  ArrowRight: 'next',
  PageDown: 'next',
  ArrowLeft: 'previous',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
  Escape: 'close',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  z: 'zoomToggle',
  i: 'info',
  // Immich's key and Lychee's
  f: 'favourite',
  s: 'favourite',
  '0': 'rate0',
  '1': 'rate1',
  '2': 'rate2',
  '3': 'rate3',
  '4': 'rate4',
  '5': 'rate5',
  // Lychee's for the description
  d: 'caption',
  t: 'tag',
  l: 'album',
  '?': 'help',
}

/**
 * With Shift, as in Immich: what is seldom wanted, or not by accident. Full screen is here because `f` marks favourites there.
 */
const SHIFTED: Readonly<Record<string, ViewerAction>> = {
  f: 'fullscreen',
  a: 'archive',
  p: 'private',
  d: 'download',
  s: 'share',
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'target'>

/** What a pressed key means; null where it is the browser's, or belongs to the control that has the focus. */
export function viewerAction(event: Pressed): ViewerAction | null {
  if (isWrittenIn(event.target)) return null
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (event.ctrlKey || event.metaKey) return key === 'z' && !event.altKey && !event.shiftKey ? 'undo' : null
  if (event.altKey) return null
  if (key === ' ') return isControl(event.target) ? null : 'slideshow'
  const shifted = event.shiftKey ? SHIFTED[key] : undefined
  // a letter with Shift is another key; other signs may need Shift to be typed at all
  const plain = event.shiftKey && /^[a-z]$/.test(key) ? null : ACTIONS[key]
  return shifted ?? plain ?? null
}

/** Controls that Space presses. */
const isControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button, a, select, [role=slider], [role=combobox]') !== null

/** Where keys are text. */
const isWrittenIn = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea') !== null
