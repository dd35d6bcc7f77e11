import { expect, test } from 'vitest'
import { openCommandLine, PASSWORD } from '../support/command-line.ts'

test('links are listed, and taken back at once by a command beside the server', async () => {
  const line = await openCommandLine()
  await line.addOlga('--folder', await line.pictures('hers', 3))
  await line.mantel(['scan'])
  const server = await line.serve()
  const call = async (name: string, input: unknown, cookie = '') => {
    const headers = { 'x-mantel': '1', 'content-type': 'application/json', cookie }
    const response = await fetch(`${server.url}/rpc/${name}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    })
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0])
    return { cookie: set.join('; '), body: await response.json() }
  }
  const { cookie: olga } = await call('session.login', { username: 'olga', password: PASSWORD })
  const { body: months } = await call('timeline.months', {}, olga)
  const { body: page } = await call('timeline.month', { month: months.value.months[0].month }, olga)
  const options = { label: 'for \u001b[31mRose', viewLimit: 5 }
  const { body: made } = await call('shares.createLink', { photoIds: page.value.ids, options }, olga)
  const { id, url } = made.value
  const { cookie: visitor } = await call('shares.open', { token: url.split('/s/')[1] })

  const listed = await line.mantel(['shares', 'ls'])
  expect([listed.code, listed.err]).toEqual([0, ''])
  expect(listed.out).toMatch(/^ID +BY +WHAT +WITH +PHOTOS/)
  expect(listed.out).toMatch(
    new RegExp(`^${id} +olga +3 photos: for .*Rose +link +3 .* 1 of 5 .* open$`, 'm'),
  )
  expect(listed.out).not.toContain('\u001b')
  const { links } = await line.answerOf(['shares', 'ls'])
  expect(links).toMatchObject([{ id, url: null, views: 1, closed: null }])

  const removed = await line.mantel(['shares', 'rm', String(id)])
  expect(removed.out).toContain(`Took back link ${id} of olga`)
  expect((await call('shares.get', { share: id }, visitor)).body).toMatchObject({
    ok: false,
    error: { code: 'not_found', reason: 'link_ended' },
  })
  const again = await line.mantel(['shares', 'rm', String(id)])
  expect([again.code, again.err]).toEqual([
    1,
    `mantel: There is no link ${id}; "mantel shares ls" lists them\n`,
  ])
  expect((await line.mantel(['shares', 'rm', 'x'])).code).toBe(2)
})
