import { readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openWebHousehold, PASSWORD } from './web-household.ts'

/**
 * A household on the web with pictures that `draw` puts into a folder: `ada` is granted it, `ben` nothing, both logged
 * in. Everything is scanned.
 */
export async function openPictureHousehold(draw: (folder: string) => Promise<unknown>) {
  const web = await openWebHousehold()
  const folder = join(web.directory, 'pictures')
  await draw(folder)
  const person = { role: 'user', password: PASSWORD } as const
  await web.operate('accounts.create', { ...person, username: 'olga', role: 'admin', superAdmin: true })
  await web.operate('accounts.create', {
    ...person,
    username: 'ada',
    folders: [{ path: folder, access: 'read-only' }],
  })
  await web.operate('accounts.create', { ...person, username: 'ben' })
  for (;;) {
    const { jobs } = await web.operate('jobs.list', {})
    if (jobs.length > 0 && jobs.every(({ state }) => state === 'done')) break
    await wait(20)
  }
  const ada = await web.logIn('ada')
  const ids = new Map<string, number>()
  const { months } = await web.ask('timeline.months', {}, ada)
  for (const { month } of months)
    for (const id of (await web.ask('timeline.month', { month }, ada)).ids)
      ids.set((await web.ask('photos.get', { id }, ada)).fileName, id)
  return {
    ...web,
    folder,
    ids,
    ada,
    ben: await web.logIn('ben'),
    address: (kind: string, name: string, version = '1') => `/media/${kind}/${ids.get(name)}/${version}`,
    /** Asks as ada, unless another cookie is given. */
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      web.send(path, { method, headers: { cookie: ada, ...headers } }),
  }
}

export type PictureHousehold = Awaited<ReturnType<typeof openPictureHousehold>>

/** How often a file is open in this process; Linux tells. */
export async function timesOpen(path: string): Promise<number> {
  const open = await readdir('/proc/self/fd')
  const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return targets.filter((target) => target === path).length
}
