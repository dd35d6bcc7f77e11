import { existsSync, globSync, realpathSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR } from '../../electron/access/principal.ts'
import type { Caller } from '../../electron/api/caller.ts'
import { MEDIA_KINDS } from '../../electron/contract/photos.ts'
import { directories, files } from '../../electron/db/schema.ts'
import { kindOf } from '../../electron/domain/media/kinds.ts'
import { anonymousCaller, callerOf, openTestHousehold, type TestHousehold } from '../support/household.ts'

const beside = fileURLToPath(new URL('../../../shared/photos', import.meta.url))
const here = existsSync(beside)
/** with links resolved, as Mantel keeps folders */
const SHARED = here ? realpathSync(beside) : beside

/** docs/timeline.md: one photo per file of a known kind, nothing hidden. */
const expectedIn = (folder: string) =>
  globSync('**/*', { cwd: join(SHARED, folder), withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && kindOf(entry.name) !== null)
    .map((entry) => join(entry.parentPath, entry.name))

const DECODABLE = /^\.(jpe?g|jpe|jfif|mpo|png|webp|gif|tiff?|avif)$/i

describe.skipIf(!here)('two accounts with a folder each and one in common (shared/photos)', () => {
  let household: TestHousehold
  let ada: Caller
  let ben: Caller

  beforeAll(async () => {
    household = await openTestHousehold()
    const operator = callerOf(OPERATOR)
    const add = async (username: string, role: 'admin' | 'user', superAdmin: boolean, folders: string[]) => {
      const grants = folders.map((name) => ({ path: join(SHARED, name), access: 'read-only' as const }))
      const account = { username, role, superAdmin, password: 'a quiet mantelpiece', folders: grants }
      return household.as((await household.get(operator, 'accounts.create', account)).id)
    }
    await add('olga', 'admin', true, [])
    ada = await add('ada', 'user', false, ['camera', 'orientation'])
    ben = await add('ben', 'user', false, ['formats', 'orientation'])
    await household.idle()
  }, 180_000)
  afterAll(() => household.close())

  async function timelineOf(caller: Caller) {
    const { months } = await household.get(caller, 'timeline.months', {})
    const photos: { id: number; version: number; state: string }[] = []
    for (const { month, count } of months) {
      const payload = await household.get(caller, 'timeline.month', { month })
      expect(payload.ids.length).toBe(count)
      payload.ids.forEach((id, index) => {
        photos.push({ id, version: payload.versions[index] ?? 0, state: payload.states[index] ?? '' })
      })
    }
    return photos
  }

  async function pathsOf(ids: number[]) {
    const rows = await household.services.db.read
      .select({ photoId: files.photoId, directory: directories.path, name: files.name })
      .from(files)
      .innerJoin(directories, eq(directories.id, files.directoryId))
    const byPhoto = new Map(rows.map(({ photoId, directory, name }) => [photoId, join(directory, name)]))
    return ids.map((id) => byPhoto.get(id) ?? '').sort()
  }

  test('each timeline is exactly the written-down set', async () => {
    for (const [caller, folders] of [
      [ada, ['camera', 'orientation']],
      [ben, ['formats', 'orientation']],
    ] as const) {
      const expected = folders.flatMap(expectedIn).sort()
      expect(expected.length).toBeGreaterThan(100)
      expect(await pathsOf((await timelineOf(caller)).map(({ id }) => id))).toEqual(expected)
    }
  })

  test('states follow the extension, and everything undecodable says why', async () => {
    for (const caller of [ada, ben])
      for (const { id } of await timelineOf(caller)) {
        const photo = await household.get(caller, 'photos.get', { id })
        const decodable = DECODABLE.test(extname(photo.fileName))
        const where = relative(SHARED, join(photo.folder ?? '', photo.fileName))
        if (!decodable) expect([where, photo.state]).toEqual([where, 'unsupported'])
        else expect([where, ['ready', 'broken', 'unsupported'].includes(photo.state)]).toEqual([where, true])
        if (photo.state !== 'ready') expect([where, photo.stateReason]).not.toEqual([where, null])
      }
  })

  test('ids of the other answer 404 everywhere, anonymous callers 401', async () => {
    const own = new Set((await timelineOf(ada)).map(({ id }) => id))
    const foreign = (await timelineOf(ben)).filter(({ id }) => !own.has(id))
    expect(foreign.length).toBeGreaterThan(50)
    for (const { id, version } of foreign) {
      const names = [['photos.get', { id }] as const]
      const media = MEDIA_KINDS.map((kind) => ['media.open', { kind, id, version: String(version) }] as const)
      for (const [name, input] of [...names, ...media]) {
        const answer = async (caller: Caller) => {
          const result = await household.call(caller, name, input)
          return result.ok ? 'ok' : result.error.code
        }
        expect([name, id, await answer(ada)]).toEqual([name, id, 'not_found'])
        expect([name, id, await answer(anonymousCaller)]).toEqual([name, id, 'unauthenticated'])
      }
    }
  })

  test('the folder in common is indexed once', async () => {
    const rows = await household.services.db.read.select({ name: files.name }).from(files)
    const expected = ['camera', 'orientation', 'formats'].flatMap(expectedIn)
    expect(rows.length).toBe(expected.length)
  })
})
