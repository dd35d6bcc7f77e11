import type { ProcedureName } from '../contract/contract.ts'
import { accountsProcedures } from './accounts.ts'
import { flagsProcedures } from './flags.ts'
import { foldersProcedures } from './folders.ts'
import { jobsProcedures } from './jobs.ts'
import type { Procedure } from './procedure.ts'
import { sessionProcedures, setupProcedures } from './session.ts'
import { settingsProcedures } from './settings.ts'
import { timelineProcedures } from './timeline.ts'

/** Every procedure of the contract: one that is missing here does not compile. */
export const router: Readonly<Record<ProcedureName, Procedure>> = {
  ...sessionProcedures,
  ...setupProcedures,
  ...accountsProcedures,
  ...foldersProcedures,
  ...timelineProcedures,
  ...jobsProcedures,
  ...settingsProcedures,
  ...flagsProcedures,
}
