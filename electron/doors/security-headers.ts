/** Sent with everything: nothing is guessed, embedded elsewhere or told to other sites. */
const COMMON = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
}

/** For answers that are no pages, so that a browser that shows one runs nothing in it. */
export const DATA_HEADERS = {
  ...COMMON,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** For bytes that people brought: whatever they are, they get no origin and may load nothing. */
export const MEDIA_HEADERS = {
  ...COMMON,
  'content-security-policy': "sandbox; default-src 'none'",
}

const PAGE_POLICY = [
  "default-src 'self'",
  // placeholders are data: addresses, pictures to be saved blob: ones
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const UNUSED_FEATURES = [
  'camera',
  'display-capture',
  'geolocation',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]

/** For the renderer's own files: no inline script or style, no frames, no features of the device. */
export const PAGE_HEADERS = {
  ...COMMON,
  'content-security-policy': PAGE_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
}
