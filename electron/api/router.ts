import type { ProcedureName } from '../contract/contract.ts'
import { accountsProcedures } from './accounts.ts'
import { albumsProcedures } from './albums.ts'
import { appPasswordsProcedures } from './app-passwords.ts'
import { auditProcedures } from './audit.ts'
import { backupProcedures } from './backup.ts'
import { correctionsProcedures } from './corrections.ts'
import { directSharesProcedures } from './direct-shares.ts'
import { downloadsProcedures } from './downloads.ts'
import { flagsProcedures } from './flags.ts'
import { foldersProcedures } from './folders.ts'
import { jobsProcedures } from './jobs.ts'
import { overlayProcedures } from './overlay.ts'
import { overlaysProcedures } from './overlays.ts'
import type { Procedure } from './procedure.ts'
import { registrationProcedures } from './registration.ts'
import { removalProcedures } from './removal.ts'
import { rolesProcedures } from './roles.ts'
import { sessionProcedures } from './session.ts'
import { sessionsProcedures } from './sessions.ts'
import { settingsProcedures } from './settings.ts'
import { setupProcedures } from './setup.ts'
import { sharesProcedures } from './shares.ts'
import { storageProcedures } from './storage.ts'
import { tagsProcedures } from './tags.ts'
import { timelineProcedures } from './timeline.ts'
import { totpProcedures } from './totp.ts'
import { uploadsProcedures } from './uploads.ts'
import { viewingProcedures } from './viewing.ts'

/** Every procedure of the contract: one that is missing here does not compile. */
export const router: Readonly<Record<ProcedureName, Procedure>> = {
  ...sessionProcedures,
  ...sessionsProcedures,
  ...viewingProcedures,
  ...setupProcedures,
  ...totpProcedures,
  ...appPasswordsProcedures,
  ...registrationProcedures,
  ...accountsProcedures,
  ...removalProcedures,
  ...rolesProcedures,
  ...foldersProcedures,
  ...timelineProcedures,
  ...correctionsProcedures,
  ...downloadsProcedures,
  ...overlayProcedures,
  ...tagsProcedures,
  ...albumsProcedures,
  ...sharesProcedures,
  ...directSharesProcedures,
  ...uploadsProcedures,
  ...overlaysProcedures,
  ...jobsProcedures,
  ...settingsProcedures,
  ...flagsProcedures,
  ...auditProcedures,
  ...storageProcedures,
  ...backupProcedures,
}
