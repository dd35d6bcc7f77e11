/** What a key does in the viewer. */
export type ViewerAction =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'close'
  | 'zoomIn'
  | 'zoomOut'
  | 'zoomReset'
  | 'zoomToggle'
  | 'info'
  | 'fullscreen'
  | 'download'
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
  '0': 'zoomReset',
  z: 'zoomToggle',
  i: 'info',
  f: 'fullscreen',
  d: 'download',
  '?': 'help',
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'target'>

/** The action of a key press; null where it means nothing, or something to the browser or the focused control. */
export function viewerAction(event: Pressed): ViewerAction | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null
  if (event.key === ' ') {
    if (isControl(event.target)) return null
    return event.shiftKey ? 'previous' : 'next'
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return ACTIONS[key] ?? null
}

/** Controls that Space presses. */
const isControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button, a, input, textarea, select') !== null
