/** Asked in this order: most browsers also claim to be the ones further down. */
const BROWSERS: [mark: RegExp, name: string][] = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(\bCriOS|Chrome)\//, 'Chrome'],
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

/**
 * A device for the list of sessions, from its `User-Agent`, in names that need no translation: `Chrome · Linux`, `curl`;
 * empty where nothing is known.
 */
export function deviceName(userAgent: string | null): string {
  const agent = userAgent ?? ''
  const find = (list: [RegExp, string][]) => list.find(([mark]) => mark.test(agent))?.[1]
  const browser = find(BROWSERS)
  const system = find(SYSTEMS)
  if (browser && system) return `${browser} · ${system}`
  const product = /^[\w.-]{1,40}/.exec(agent)?.[0]
  return browser ?? system ?? product ?? ''
}
