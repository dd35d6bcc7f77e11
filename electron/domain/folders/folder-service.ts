import { dirname, join, resolve } from 'node:path'
import { eq } from 'drizzle-orm'
import { readAreasInUse, readGivenAreas } from '../../access/areas-in-use.ts'
import type { Database } from '../../db/connect.ts'
import { areas } from '../../db/schema.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { invalidField, notFound, Refusal } from '../../lib/refusal.ts'
import type { WalkClient } from '../../workers/walk-client.ts'
import { requireSameStanding } from '../accounts/rules.ts'
import { mayShareByDefault, readGrants, setGrants } from '../areas/access.ts'
import { type Area, isOffered, readAreas, setRegistered } from '../areas/areas.ts'
import { checkFolder, type FolderIdentity } from '../areas/check-folder.ts'
import { isWithin } from '../areas/paths.ts'
import { recordAudit } from '../audit/record.ts'
import type { Announce } from '../events/hints.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Folders, PreparedGrant, PrepareOptions, WantedFolder } from './folders.ts'
import { createNewAreas } from './new-areas.ts'
import { previewGrants } from './preview.ts'

interface FoldersNeeds {
  db: Database
  clock: Clock
  log: Log
  dataDir: string
  walk: Pick<WalkClient, 'check' | 'list'>
  jobs: Pick<Jobs, 'scan'>
  announce: Announce
}

/** The household's folders over its areas: checks paths, prepares grants, offers directories. */
export function createFolders(needs: FoldersNeeds): Folders {
  const { db, clock, log, jobs, announce } = needs
  const newAreas = createNewAreas({ db, clock, log })

  return {
    async prepare(wanted, options, grant) {
      const checked = await checkWanted(needs, wanted, options)
      const identities = checked.map(({ folder }) => folder)
      return newAreas.while(identities, (areaIds) =>
        grant(
          checked.flatMap(({ folder, field, access, mayShare }, index) => {
            const areaId = areaIds[index]
            const offered = options.mayName ? null : { path: folder.path, field }
            return areaId === undefined ? [] : [{ areaId, access, mayShare, offered }]
          }),
        ),
      )
    },

    async preview(wanted, options, by) {
      const checked = await checkWanted(needs, wanted, options)
      const paths = checked.map(({ folder }) => folder.path)
      return previewGrants(db.read, by, paths, options.accountId)
    },

    async setGrants(tx, accountId, wanted) {
      const before = await readGrants(tx, accountId)
      const held = new Set(before.map(({ areaId }) => areaId))
      // somebody may have taken a folder out of the household since it was looked at
      for (const { areaId, offered } of wanted)
        if (offered && !held.has(areaId) && !(await isOffered(tx, offered.path)))
          throw invalidField(offered.field, 'folder_not_offered')
      await setGrants(tx, accountId, wanted, clock())
      return [...new Set([...before, ...wanted].map(({ areaId }) => areaId))]
    },

    async grantsChanged(areaIds, accountId) {
      announce({ topic: 'folders' })
      announce({ topic: 'library', accounts: [accountId] })
      await scanUnscanned(needs, areaIds).catch((error: unknown) => log.error('scans were not queued', error))
    },

    async register(path, by) {
      const folder = await checkPath(needs, path, 'path')
      const areaId = await newAreas.while([folder], async ([id = 0]) => {
        await db.write(async (tx) => {
          await requireSameStanding(tx, by)
          const area = (await readAreas(tx)).find((one) => one.id === id)
          if (!area || area.registered) return
          await setRegistered(tx, id, true)
          await recordAudit(tx, by, { action: 'folder.added', object: namedIn(area), at: clock() })
        })
        return id
      })
      announce({ topic: 'folders' })
      await jobs.scan(areaId, { kind: 'system' })
      return areaId
    },

    async unregister(areaId, by) {
      await db.write(async (tx) => {
        await requireSameStanding(tx, by)
        const area = (await readAreas(tx)).find(({ id }) => id === areaId)
        if (!area) throw notFound()
        if ((await readGivenAreas(tx)).has(areaId)) throw new Refusal('conflict', { reason: 'folder_in_use' })
        if (!area.registered) return
        await setRegistered(tx, areaId, false)
        await recordAudit(tx, by, { action: 'folder.removed', object: namedIn(area), at: clock() })
      })
      announce({ topic: 'folders' })
    },

    async accept(areaId, by, startedBy) {
      await db.write(async (tx) => {
        await requireSameStanding(tx, by)
        const area = (await readAreas(tx)).find(({ id }) => id === areaId)
        if (!area) throw notFound()
        if (area.vanishedCount === 0) throw new Refusal('conflict', { reason: 'folder_not_braked' })
        // bound to the number the admin was shown: should more be gone by the time of the scan, it asks again
        await tx.update(areas).set({ acceptedVanished: area.vanishedCount }).where(eq(areas.id, areaId))
        const entry = { action: 'folder.vanishedAccepted', object: namedIn(area), at: clock() } as const
        await recordAudit(tx, by, { ...entry, details: { files: area.vanishedCount } })
      })
      announce({ topic: 'folders' })
      return jobs.scan(areaId, startedBy)
    },

    browse: (path) => browse(needs, path),
  }
}

/** A folder as the object of an entry in the audit log. */
const namedIn = ({ id, path }: Area) => ({ kind: 'folder', id, name: path }) as const

interface CheckedFolder {
  /** what it is called in a refusal */
  field: string
  /** already an area of the account: its path stands, be its drive there or not */
  folder: FolderIdentity
  access: PreparedGrant['access']
  mayShare: boolean
}

/** Checks every path before anything is changed, so that one wrong folder leaves all as it was. */
async function checkWanted(needs: FoldersNeeds, wanted: readonly WantedFolder[], options: PrepareOptions) {
  const { field: fieldOf = (index) => `folders.${index}.path`, accountId, mayName } = options
  const held = accountId === undefined ? [] : await readGrants(needs.db.read, accountId)
  const areas = new Map((await readAreas(needs.db.read)).map((area) => [area.path, area]))
  const checked: CheckedFolder[] = []
  for (const [index, { path, access, mayShare = mayShareByDefault(access) }] of wanted.entries()) {
    const field = fieldOf(index)
    const kept = held.some((grant) => grant.path === path) ? areas.get(path) : undefined
    const offered = async (place: string) => mayName || kept || (await isOffered(needs.db.read, place))
    // asked before the disk is, which must not tell those elsewhere what else lies on it, and again with links resolved
    if (!(await offered(resolve(path)))) throw invalidField(field, 'folder_not_offered')
    const folder = kept ?? (await checkPath(needs, path, field))
    if (!(await offered(folder.path))) throw invalidField(field, 'folder_not_offered')
    if (checked.some((other) => other.folder.path === folder.path)) throw invalidField(field, 'folder_twice')
    checked.push({ folder, field, access, mayShare })
  }
  return checked
}

async function checkPath(
  { db, dataDir, walk }: FoldersNeeds,
  path: string,
  field: string,
): Promise<FolderIdentity> {
  const known = await readAreas(db.read)
  const result = await checkFolder(path, { probe: walk.check, dataDir, known })
  if (!result.ok) throw invalidField(field, result.reason)
  return result.folder
}

/** Areas that were never looked into are scanned at once: whoever was just given one wants to see it. */
async function scanUnscanned({ db, jobs }: FoldersNeeds, areaIds: readonly number[]): Promise<void> {
  for (const area of await readAreasInUse(db.read))
    if (area.lastScanAt === null && areaIds.includes(area.id)) await jobs.scan(area.id, { kind: 'system' })
}

async function browse({ db, walk }: FoldersNeeds, path: string | undefined) {
  const roots = (await readAreasInUse(db.read)).map((area) => area.path)
  const topmost = roots.filter((root) => !roots.some((other) => other !== root && isWithin(root, other)))
  if (path === undefined)
    return { path: null, parent: null, directories: topmost.map((root) => ({ name: root, path: root })) }
  const offered = (place: string) => topmost.some((root) => isWithin(place, root))
  if (!offered(resolve(path))) throw invalidField('path', 'folder_not_offered')
  const listed = await walk.list(resolve(path))
  if (!listed.ok) throw invalidField('path', listed.problem)
  // with links resolved too, so that none leads out of what is offered
  const { realPath } = listed
  if (!offered(realPath)) throw invalidField('path', 'folder_not_offered')
  return {
    path: realPath,
    parent: topmost.includes(realPath) ? null : dirname(realPath),
    directories: listed.directories.map((name) => ({ name, path: join(realPath, name) })),
  }
}
