import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Caller } from '../../electron/api/caller.ts'
import { areaAccess } from '../../electron/db/schema.ts'
import type { World } from '../access-matrix/world.ts'
import { jpegOf, trySend } from './uploads.ts'
import { visitorIn } from './visitor.ts'

let made = 0

/** Somebody with a folder of their own and one that they may only read, who makes links into the first. */
export async function ownerIn(world: World) {
  made += 1
  const folder = await world.folder(`Inbox ${made}`)
  await writeFile(join(folder, 'first.jpg'), await jpegOf(made))
  const id = await world.disposable({
    folders: [
      { path: folder, access: 'read-write' },
      { path: world.folders.shared, access: 'read-only' },
    ],
  })
  const caller = await world.as(id)
  const folderId = (await world.get(caller, 'uploads.folders', {})).folders[0]?.id ?? 0
  await world.idle()
  const { folders } = await world.get(caller, 'folders.tree', {})
  const directoryId = folders.find(({ name }) => folder.endsWith(name))?.id ?? 0
  return {
    id,
    caller,
    folder,
    folderId,
    directoryId,
    async link(options: object = {}) {
      const input = { folderId: directoryId, options: { uploadFolderId: folderId, ...options } }
      const made = await world.get(caller, 'shares.createLink', input)
      return { id: made.id, token: made.url.split('/s/')[1] ?? '' }
    },
    waiting: async (by: Caller = caller) => (await world.get(by, 'uploads.list', {})).uploads,
    grant: (access: 'read-write' | 'read-only') =>
      world.services.db.write((tx) =>
        tx.update(areaAccess).set({ access }).where(eq(areaAccess.accountId, id)),
      ),
  }
}

export type Owner = Awaited<ReturnType<typeof ownerIn>>

/** A visitor who has the link open. */
export async function senderIn(world: World, token: string, password?: string) {
  const visitor = visitorIn(world)
  expect(await visitor.open(token, password)).toBe('ok')
  return visitor
}

/** Sends a file as a visitor; answers what came of it as one word or two. */
export const send = async (world: World, visitor: ReturnType<typeof visitorIn>, share: number, sent = {}) =>
  trySend(world, await visitor.caller(), share, sent)

/** Names of the files that wait in the data directory. */
export async function heldOnDisk({ services }: World): Promise<string[]> {
  const names = await readdir(join(services.dataDir, 'uploads'))
  return names.filter((name) => name !== 'unclaimed')
}

/** `ok`, or code and reason of what a procedure was refused with. */
export async function outcome(world: World, by: Caller, name: string, input: object): Promise<string> {
  const result = await world.call(by, name, input)
  return result.ok ? 'ok' : [result.error.code, result.error.reason].filter(Boolean).join(' ')
}
