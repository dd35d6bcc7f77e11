import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPictureHousehold, type PictureHousehold } from '../../test/support/picture-household.ts'
import { makePicture } from '../../test/support/pictures.ts'

/** What people may call an album, to see what a page makes of it. */
const NASTY = `"'></title><script>alert(1)</script><b onload='x'>&amp;$&`

let web: PictureHousehold
let olga: string
beforeAll(async () => {
  web = await openPictureHousehold(async (folder) => {
    await makePicture(join(folder, 'a.jpg'), { width: 3000, height: 2000 })
    await makePicture(join(folder, 'b.jpg'))
  })
  olga = await web.logIn('olga')
}, 60_000)
afterAll(() => web.close())

const idOf = (name: string) => web.ids.get(name) ?? 0

async function link(options: object = {}, photo = 'a.jpg') {
  const { id: albumId } = await web.ask(
    'albums.create',
    { title: NASTY, description: 'Über <i>alles</i>', photoIds: [idOf(photo)] },
    olga,
  )
  const { id, url } = await web.ask('shares.createLink', { albumId, options }, olga)
  return { id, albumId, token: url.split('/s/')[1] ?? '' }
}

/** As a messenger's robot reads it: the page's meta tags, by name. */
async function card(token: string) {
  const { status, headers, body } = await web.send(`/s/${token}`)
  expect(status).toBe(200)
  const html = body.toString()
  const tags = [...html.matchAll(/<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)" \/>/g)]
  return { html, headers, tags: Object.fromEntries(tags.map(([, name, content]) => [name, content])) }
}

const picture = (token: string, headers = {}) => web.send(`/card/${token}`, { headers })
const EMPTY = { tags: {}, html: '<!doctype html><title>Mantel</title>' }
const viewsOf = async (id: number) =>
  (await web.ask('shares.list', {}, olga)).links.find((each) => each.id === id)?.views

describe('a link’s page tells messengers', () => {
  test('what it is called, what was written of it, and one small picture; nobody opens it by that', async () => {
    const { id, token } = await link({ viewLimit: 1 })
    const { tags, headers } = await card(token)
    expect(tags).toMatchObject({
      'og:site_name': 'Mantel',
      'og:title':
        '&quot;&#39;&gt;&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;b onload=&#39;x&#39;&gt;&amp;amp;$&amp;',
      'og:description': 'Über &lt;i&gt;alles&lt;/i&gt;',
      'twitter:card': 'summary_large_image',
    })
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['set-cookie']).toBeUndefined()
    expect(tags['og:url']).toMatch(new RegExp(`^http://[\\w.:]+/s/${token}$`))
    const address = new URL(tags['og:image'] ?? '')
    expect(address.pathname).toBe(`/card/${token}`)

    const shown = await web.send(address.pathname + address.search)
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/webp'])
    expect(shown.headers['cache-control']).toBe('no-store')
    expect(shown.headers['content-disposition']).toBe('inline')
    const { width = 0, height = 0, exif } = await sharp(shown.body).metadata()
    expect([Math.max(width, height), exif]).toEqual([512, undefined])
    const head = await web.send(address.pathname, { method: 'HEAD' })
    expect([head.status, head.body.length]).toEqual([200, 0])
    expect(await viewsOf(id)).toBe(0)
    expect((await web.rpc('shares.open', { token })).status).toBe(200)
  })

  test('what people wrote as text, and the rest of the page as it is', async () => {
    const { html } = await card((await link()).token)
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<b ')
    expect(html.match(/<title>/g)).toHaveLength(1)
    expect(html.replaceAll(/<meta [^>]*>/g, '')).toBe(EMPTY.html)
  })

  test('of picked photos whose they are, in the language of whoever made it', async () => {
    const make = async () => {
      const { url } = await web.ask('shares.createLink', { photoIds: [idOf('b.jpg')], options: {} }, olga)
      return (await card(url.split('/s/')[1] ?? '')).tags['og:title']
    }
    expect(await make()).toBe('Shared photos')
    await web.ask('settings.set', { language: 'de', alsoDefault: false }, olga)
    expect(await make()).toBe('Geteilte Fotos')
    await web.ask('settings.set', { language: null, alsoDefault: false }, olga)
  })

  test('of one with a password nothing but that something is shared', async () => {
    const { token } = await link({ password: 'swordfish' })
    const { tags, html } = await card(token)
    expect(Object.keys(tags).sort()).toEqual([
      'og:site_name',
      'og:title',
      'og:type',
      'og:url',
      'twitter:card',
    ])
    expect(tags['og:title']).toBe('Shared photos')
    expect(html).not.toMatch(/alert|alles|card\//)
    expect((await picture(token)).status).toBe(404)
  })

  test('nothing once it has ended, or opens for nobody new', async () => {
    const ended = await link()
    await web.ask('shares.revoke', { id: ended.id }, olga)
    const expired = await link({ expiresAt: 5 })
    const usedUp = await link({ viewLimit: 1 })
    await web.rpc('shares.open', { token: usedUp.token })
    const removed = await link()
    await web.ask('albums.remove', { id: removed.albumId }, olga)
    for (const token of [ended.token, expired.token, usedUp.token, removed.token, 'never-was-one']) {
      expect(await card(token)).toMatchObject(EMPTY)
      expect((await picture(token)).status).toBe(404)
    }
  })

  test('no picture that the link shows no more', async () => {
    const { token } = await link({}, 'b.jpg')
    expect((await picture(token)).status).toBe(200)
    await web.ask('photos.update', { ids: [idOf('b.jpg')], private: true }, olga)
    expect((await picture(token)).status).toBe(404)
    expect((await card(token)).tags['og:image']).toBeUndefined()
    await web.ask('photos.update', { ids: [idOf('b.jpg')], private: false }, olga)
    expect((await picture(token)).status).toBe(200)
  })
})

test('another site embeds no card, and a token in other spellings is none', async () => {
  const { token } = await link()
  expect((await picture(token, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await web.send(`/card/${token}`, { method: 'POST' })).status).toBe(405)
  for (const path of [`/card/${token}/`, `/card/${token}%00`, `/card/..%2f${token}`, '/card/', '/card'])
    expect([path, (await web.send(path)).status]).toEqual([path, 404])
})

test('guesses count as those of opening do', async () => {
  const answers = new Set<number>()
  for (let guess = 0; guess < 40; guess += 1)
    answers.add((await picture(`${'guess'.repeat(8)}${guess}`)).status)
  expect([...answers]).toEqual([404, 429])
  // the page itself comes all the same, without a card
  const { token } = await link()
  expect(await card(token)).toMatchObject(EMPTY)
})
