import type { z } from 'zod'
import { accountsContract } from './accounts.ts'
import { advancedSettingsContract } from './advanced-settings.ts'
import { albumsContract } from './albums.ts'
import { appPasswordsContract } from './app-passwords.ts'
import { auditContract } from './audit.ts'
import { backupContract } from './backup.ts'
import { correctionsContract } from './corrections.ts'
import { directSharesContract } from './direct-shares.ts'
import { downloadsContract } from './downloads.ts'
import { flagsContract } from './flags.ts'
import { foldersContract } from './folders.ts'
import { jobsContract } from './jobs.ts'
import { lanContract } from './lan.ts'
import { librarySettingsContract } from './library-settings.ts'
import { overlayContract } from './overlay.ts'
import { overlaysContract } from './overlays.ts'
import { photosContract } from './photos.ts'
import { registrationContract } from './registration.ts'
import { removalContract } from './removal.ts'
import { rolesContract } from './roles.ts'
import { sessionContract } from './session.ts'
import { settingsContract } from './settings.ts'
import { sharesContract } from './shares.ts'
import { storageContract } from './storage.ts'
import { tagsContract } from './tags.ts'
import { totpContract } from './totp.ts'
import { uploadsContract } from './uploads.ts'

/** Every procedure's input and output. The router must implement each; the renderer's client is typed from it. */
export const contract = {
  ...sessionContract,
  ...totpContract,
  ...appPasswordsContract,
  ...registrationContract,
  ...accountsContract,
  ...removalContract,
  ...rolesContract,
  ...foldersContract,
  ...photosContract,
  ...correctionsContract,
  ...downloadsContract,
  ...overlayContract,
  ...tagsContract,
  ...albumsContract,
  ...sharesContract,
  ...directSharesContract,
  ...uploadsContract,
  ...overlaysContract,
  ...jobsContract,
  ...settingsContract,
  ...advancedSettingsContract,
  ...librarySettingsContract,
  ...lanContract,
  ...flagsContract,
  ...auditContract,
  ...storageContract,
  ...backupContract,
}

type Contract = typeof contract
export type ProcedureName = keyof Contract
/** What a client sends. */
export type Input<N extends ProcedureName> = z.input<Contract[N]['input']>
/** What a client receives. */
export type Output<N extends ProcedureName> = z.output<Contract[N]['output']>
