import { forkSpawner, type Spawner } from '../../electron/workers/spawn.ts'

/** The account without rights that Unix systems have. */
const NOBODY = 65534

/** Tests of rights need workers that have fewer than everything, which only root can start. */
export const canBeNobody = process.platform === 'linux' && process.getuid?.() === 0

/** Starts workers as an account that owns nothing. A child takes over the effective user of the moment it is started at. */
export const asNobody: Spawner = (worker) => {
  process.seteuid?.(NOBODY)
  try {
    return forkSpawner(worker)
  } finally {
    process.seteuid?.(0)
  }
}
