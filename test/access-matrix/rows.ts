import type { Row } from './outcomes.ts'
import { accountRows } from './rows/accounts.ts'
import { attachedRows } from './rows/attached.ts'
import { auditRows } from './rows/audit.ts'
import { backupRows } from './rows/backup.ts'
import { correctionRows } from './rows/corrections.ts'
import { downloadRows } from './rows/downloads.ts'
import { folderRows } from './rows/folders.ts'
import { jobRows } from './rows/jobs.ts'
import { libraryRows } from './rows/library.ts'
import { listRows } from './rows/lists.ts'
import { overlayRows } from './rows/overlays.ts'
import { removalRows } from './rows/removal.ts'
import { secondFactorRows } from './rows/second-factor.ts'
import { sessionRows } from './rows/session.ts'
import { settingsRows } from './rows/settings.ts'
import { shareRows } from './rows/shares.ts'
import { storageRows } from './rows/storage.ts'
import { uploadRows } from './rows/uploads.ts'

/** The expected table. A procedure without a row here fails the test. */
export const ROWS: readonly Row[] = [
  ...sessionRows,
  ...secondFactorRows,
  ...accountRows,
  ...removalRows,
  ...folderRows,
  ...libraryRows,
  ...downloadRows,
  ...correctionRows,
  ...listRows,
  ...attachedRows,
  ...overlayRows,
  ...shareRows,
  ...uploadRows,
  ...jobRows,
  ...settingsRows,
  ...auditRows,
  ...storageRows,
  ...backupRows,
]
