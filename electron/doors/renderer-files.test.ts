import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWebHousehold, type WebHousehold } from '../../test/support/web-household.ts'

let web: WebHousehold

beforeAll(async () => {
  web = await openWebHousehold()
})
afterAll(() => web.close())

const PAGE = '<!doctype html><title>Mantel</title>'

test('the interface stands at its own addresses, for anybody', async () => {
  for (const path of [
    '/',
    '/?x=1',
    '/photo/12',
    '/library',
    '/favourites',
    '/on-this-day/photo/12',
    '/rated/5/photo/12',
    '/albums',
    '/folders/7',
    '/folders/7/all/photo/12',
    '/tags/7/photo/12',
    '/preferences',
    '/preferences/security',
    '/shared',
    '/shared/mine',
    '/shared/everyone',
    '/albums/deleted',
    '/admin',
    '/index.html',
  ]) {
    const { status, headers, body } = await web.send(path)
    expect([path, status, body.toString()]).toEqual([path, 200, PAGE])
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['cache-control']).toBe('no-cache')
  }
})

test('its pages run nothing but their own files, in no frame', async () => {
  const { headers } = await web.send('/')
  const policy = String(headers['content-security-policy']).split('; ')
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy.join()).not.toMatch(/unsafe|http:|\*|script-src|style-src/)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(headers['permissions-policy']).toContain('camera=()')
})

test('files whose name holds a hash are kept for ever, others asked for again', async () => {
  const asset = await web.send('/assets/index-abc123.js')
  expect(asset.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  const theme = await web.send('/theme.js')
  expect(theme.headers['cache-control']).toBe('no-cache')
  const known = await web.send('/theme.js', { headers: { 'if-none-match': theme.headers.etag ?? '' } })
  expect([known.status, known.body.length]).toEqual([304, 0])
})

test('HEAD tells the length, other methods do not exist', async () => {
  const head = await web.send('/', { method: 'HEAD' })
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
    200,
    String(PAGE.length),
    0,
  ])
  for (const path of ['/', '/theme.js', '/admin']) {
    const { status, headers } = await web.send(path, { method: 'POST' })
    expect([path, status, headers.allow]).toEqual([path, 405, 'GET, HEAD'])
  }
  expect((await web.send('/nothing', { method: 'POST' })).status).toBe(404)
})

test('what does not exist answers 404: as JSON, to a person the interface', async () => {
  for (const path of [
    '/nothing',
    '/photo/',
    '/photo/x',
    '/favourites/',
    '/favourites/photo/0',
    '/rated',
    '/rated/6',
    '/albums/photo/12',
    '/folders/x',
    '/albums/7/all',
    '/folders/7/photo',
    '/admin/',
    '/assets/',
    '/assets',
    '/data',
    '/rpc',
    '/rpc/',
  ]) {
    const { status, body } = await web.send(path)
    expect([path, status, JSON.parse(body.toString()).error.code]).toEqual([path, 404, 'not_found'])
  }
  const person = await web.send('/nothing', { headers: { accept: 'text/html,*/*;q=0.8' } })
  expect([person.status, person.body.toString()]).toEqual([404, PAGE])
})

test('no spelling leads out of the folder', async () => {
  const dots = ['..', '%2e%2e', '.%2e', '%2E.', '%252e%252e', '..%00', '..;', '\u002e\u002e']
  const slashes = ['/', '%2f', '%5c', '\\', '//', '%252f', '/./']
  const starts = ['/', '/assets/', '/assets/index-abc123.js/', '//', '/%2f', 'http://127.0.0.1:PORT/']
  const paths = starts.flatMap((start) =>
    dots.flatMap((dot) =>
      slashes.flatMap((slash) => [
        `${start}${dot}${slash}secret.txt`,
        `${start}${dot}${slash}${dot}${slash}secret.txt`,
      ]),
    ),
  )
  for (const path of [...paths, '/secret.txt', '/C:/secret.txt', '/\\secret.txt', '/file:///etc/hostname']) {
    const { status, body } = await web.send(path.replace('PORT', String(web.port)))
    expect([path, status < 400, body.includes('secret')]).toEqual([path, false, false])
  }
})
