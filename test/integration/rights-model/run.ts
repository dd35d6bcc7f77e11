import fc from 'fast-check'
import { anyStory } from './kinds.ts'
import { live, type Told } from './story.ts'
import { World } from './world.ts'

const { RIGHTS_SEED, RIGHTS_PATH, RIGHTS_SHRINK } = process.env

/** How many stories there are unless the environment says otherwise; what the household's description promises to be tried is 20,000. */
const RUNS = Number(process.env.RIGHTS_RUNS ?? 2000)

/** Answers that must have been met in five thousand stories, so that a test can't pass because nothing happened. */
const MET = [
  'accounts.changePassword forbidden',
  'accounts.changePassword invalid',
  'accounts.changePassword ok',
  'accounts.create forbidden',
  'accounts.create ok',
  'accounts.remove conflict',
  'accounts.remove invalid',
  'accounts.remove ok',
  'accounts.removed ok',
  'accounts.restore conflict',
  'accounts.restore forbidden',
  'accounts.restore invalid',
  'accounts.restore not_found',
  'accounts.restore ok',
  'accounts.update conflict',
  'accounts.update forbidden',
  'accounts.update invalid',
  'accounts.update ok',
  'accounts.update unauthenticated',
  'appPasswords.create forbidden',
  'appPasswords.create invalid',
  'appPasswords.create ok',
  'appPasswords.list not_found',
  'appPasswords.list ok',
  'appPasswords.revoke not_found',
  'appPasswords.revoke ok',
  'audit.list forbidden',
  'audit.list ok',
  'audit.own ok',
  'backup.create forbidden',
  'backup.create ok',
  'backup.list ok',
  'flags.set forbidden',
  'flags.set ok',
  'folders.list ok',
  'jobs.list ok',
  'media.open not_found',
  'media.open ok',
  'photos.get not_found',
  'photos.get ok',
  'photos.update forbidden',
  'photos.update not_found',
  'photos.update ok',
  'registration.create ok',
  'session.lock ok',
  'session.login forbidden',
  'session.login ok',
  'session.login unauthenticated',
  'session.logout ok',
  'session.me unauthenticated',
  'session.resume ok',
  'session.resume unauthenticated',
  'session.unlock ok',
  'session.viewAs forbidden',
  'session.viewAs not_found',
  'session.viewAs ok',
  'sessions.revoke not_found',
  'sessions.revoke ok',
  'settings.set forbidden',
  'timeline.month ok',
  'totp.begin conflict',
  'totp.begin invalid',
  'totp.begin ok',
  'totp.clear forbidden',
  'totp.clear not_found',
  'totp.clear ok',
  'totp.confirm conflict',
  'totp.confirm invalid',
  'totp.confirm ok',
  'totp.disable conflict',
  'totp.disable invalid',
  'totp.disable ok',
  'totp.renewCodes invalid',
  'totp.renewCodes ok',
  'totp.status ok',
]

/** Lives through half of the stories; answers which of the usual answers were never met. */
export async function liveThroughHalf(): Promise<string[]> {
  const half = Math.ceil(RUNS / 2)
  const told = await liveThrough(half)
  return half < 5000 ? [] : MET.filter((answer) => !told[answer])
}

/** So long a half may take, milliseconds: finding the shortest failing story takes many more runs. */
export const TIMEOUT_MS = 900_000 + RUNS * 100

/** Lives through so many stories in one household; throws the shortest failing one that was found. Answers what was seen. */
export async function liveThrough(
  numRuns: number,
  isShrinking = RIGHTS_SHRINK !== '0',
  seed = RIGHTS_SEED,
): Promise<Told> {
  const told: Told = {}
  const world = await World.make()
  try {
    await fc.assert(
      fc.asyncProperty(anyStory, (story) => live(world, story, told)),
      {
        numRuns,
        ...(seed !== undefined && { seed: Number(seed) }),
        ...(RIGHTS_PATH !== undefined && { path: RIGHTS_PATH }),
        endOnFailure: !isShrinking,
      },
    )
  } finally {
    await world.household.close()
  }
  return told
}
