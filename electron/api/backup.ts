import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { capabilitiesOf } from '../access/capabilities.ts'
import { whoever } from '../access/policies.ts'
import type { AccountPrincipal, OperatorPrincipal } from '../access/principal.ts'
import { contract } from '../contract/contract.ts'
import type { Tx } from '../db/connect.ts'
import { lookAtCopy } from '../db/copy.ts'
import { dropStaged } from '../db/restore.ts'
import { requireSameStanding } from '../domain/accounts/rules.ts'
import { recordAudit } from '../domain/audit/record.ts'
import {
  type BackupChanges,
  readBackupSettings,
  writeBackupSettings,
} from '../domain/backup/backup-settings.ts'
import { backupAt } from '../domain/backup/backups.ts'
import { keyState } from '../domain/backup/key.ts'
import { choosePlace, ownFolder } from '../domain/backup/place.ts'
import {
  alone,
  noteRestored,
  prepareRestore,
  putInPlace,
  readRestored,
  type Source,
} from '../domain/backup/restore-household.ts'
import { invalidField, notFound, Refusal } from '../lib/refusal.ts'
import { startedBy, still } from './jobs.ts'
import { procedure } from './procedure.ts'
import type { Services } from './services.ts'

type Actor = AccountPrincipal | OperatorPrincipal

export const backupProcedures = {
  'backup.create': procedure({
    ...contract['backup.create'],
    allow: whoever('administer'),
    async run({ by, input: { to }, services }) {
      const object = { kind: 'backup', id: null, name: to ?? '' } as const
      const note = (tx: Tx) => recordAudit(tx, by, { action: 'backup.created', object, at: services.clock() })
      if (to === undefined) {
        // queued and written down, or neither
        const jobId = await services.makeBackup(startedBy(by), async (tx) => {
          await still(by)(tx)
          await note(tx)
        })
        return { jobId }
      }
      await copyTo(services, by, to)
      await services.db.write(note)
      return { jobId: null }
    },
  }),
  'backup.list': procedure({
    ...contract['backup.list'],
    allow: whoever('administer'),
    async run({ by, services: { db, backups } }) {
      const last = await backups.lastJob()
      const found = await backups.list()
      return {
        backups: found.map(({ key, kind, ...backup }) => ({
          ...backup,
          kind,
          withKey: key !== null,
          checked: kind !== 'set-aside',
        })),
        last: last
          ? { jobId: last.id, state: last.state, at: last.finishedAt ?? last.queuedAt, error: last.error }
          : null,
        restored: await readRestored(db.read),
        may: { restore: rulesPlace(by) },
      }
    },
  }),
  'backup.preview': procedure({
    ...contract['backup.preview'],
    allow: whoever('superAdminister'),
    async run({ input: { name }, services: { backups, dataDir } }) {
      const found = await backups.find(name)
      if (!found) throw notFound()
      const { accounts, photos } = await lookAtCopy(found.path).catch(() => {
        throw new Refusal('conflict', { reason: 'backup_damaged' })
      })
      const saved = { accounts, photos }
      return {
        name,
        at: found.at,
        saved,
        present: await backups.counts(),
        key: await keyState(dataDir, found.key),
      }
    },
  }),
  'backup.restore': procedure({
    ...contract['backup.restore'],
    allow: whoever('superAdminister'),
    async run({ by, input: { name, file, key }, services }) {
      const source = await sourceOf(services, by, name, file)
      return alone(services.dataDir, () => restore(services, by, source, key))
    },
  }),
  'settings.backup': procedure({
    ...contract['settings.backup'],
    allow: whoever('administer'),
    run: ({ by, services }) => settingsOf(services, by),
  }),
  'settings.setBackup': procedure({
    ...contract['settings.setBackup'],
    allow: whoever('administer'),
    async run({ by, input, services }) {
      const { db, announce, clock } = services
      const changes = await withPlace(services, by, input)
      await db.write(async (tx) => {
        await requireSameStanding(tx, by)
        const details = await writeBackupSettings(tx, changes)
        const object = { kind: 'household', id: null, name: '' } as const
        if (Object.keys(details).length > 0)
          await recordAudit(tx, by, { action: 'settings.changed', object, details, at: clock() })
      })
      announce({ topic: 'settings' })
      return settingsOf(services, by)
    },
  }),
}

async function restore(services: Services, by: Actor, source: Source, key: 'keep' | 'take' | undefined) {
  const { dataDir, migrationsFolder, db, clock } = services
  await prepareRestore({ dataDir, migrationsFolder, source, key })
  await db.write(still(by)).catch(async (error: unknown) => {
    await dropStaged(dataDir)
    throw error
  })
  let setAside: string | null = null
  const after = await services.reopen(async () => {
    setAside = await putInPlace(dataDir)
  })
  await noteRestored(after.db, by, { at: clock(), from: source.name, setAside })
  return { from: source.name, setAside }
}

/** Whether the actor says where backups go, whether the key goes along, and what is restored: it reaches the whole host. */
const rulesPlace = (by: Actor) => capabilitiesOf(by).has('superAdminister')

async function settingsOf({ db, dataDir }: Services, by: Actor) {
  const settings = await readBackupSettings(db.read)
  return {
    ...settings,
    folderInUse: settings.folder ?? ownFolder(dataDir),
    mayChoosePlace: rulesPlace(by),
  }
}

/** The changes with the folder's true path. Throws `forbidden` for an admin who may not choose it, `invalid` for a folder that will not do. */
async function withPlace(
  { db, dataDir }: Services,
  by: Actor,
  changes: BackupChanges,
): Promise<BackupChanges> {
  const before = await readBackupSettings(db.read)
  const isOther = (key: 'folder' | 'withKey') => changes[key] !== undefined && changes[key] !== before[key]
  if ((isOther('folder') || isOther('withKey')) && !rulesPlace(by))
    throw new Refusal('forbidden', { reason: 'super_admin_only' })
  if (!isOther('folder') || typeof changes.folder !== 'string') return changes
  const chosen = await choosePlace({ dataDir, read: db.read }, changes.folder)
  if ('reason' in chosen) throw invalidField('folder', chosen.reason)
  return { ...changes, folder: chosen.path }
}

async function copyTo({ backups }: Services, by: Actor, to: string): Promise<void> {
  if (by.kind !== 'operator') throw invalidField('to', 'backup_operator_only')
  if (!isAbsolute(to)) throw invalidField('to', 'folder_relative')
  if (existsSync(to)) throw invalidField('to', 'backup_file_exists')
  await backups.copyTo(to)
}

async function sourceOf(
  { backups }: Services,
  by: Actor,
  name: string | undefined,
  file: string | undefined,
): Promise<Source> {
  if (file !== undefined && by.kind !== 'operator') throw invalidField('file', 'backup_operator_only')
  if ((name === undefined) === (file === undefined)) throw invalidField('name', 'required')
  const found = file === undefined ? await backups.find(name ?? '') : await backupAt(file)
  if (!found) throw notFound()
  return found
}
