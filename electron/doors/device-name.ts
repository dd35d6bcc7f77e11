/** Asked in this order: most browsers also claim to be the ones further down. */
const BROWSERS: [mark: RegExp, name: string][] = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: [mark: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** A device in a few words for the list of sessions, from its `User-Agent`: `Chrome on Linux`, `curl`, `unknown device`. */
export function deviceName(userAgent: string | null): string {
  const agent = userAgent ?? ''
  const find = (list: [RegExp, string][]) => list.find(([mark]) => mark.test(agent))?.[1]
  const browser = find(BROWSERS)
  const system = find(SYSTEMS)
  if (browser && system) return `${browser} on ${system}`
  const product = /^[\w.-]{1,40}/.exec(agent)?.[0]
  return browser ?? system ?? product ?? 'unknown device'
}
