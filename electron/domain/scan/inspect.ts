import { join } from 'node:path'
import type { Reason } from '../../contract/reasons.ts'
import type { MediaClient } from '../../workers/media-client.ts'
import { failureState } from '../../workers/media-messages.ts'
import type { Area } from '../areas/areas.ts'
import { JobFailedError } from '../jobs/work.ts'
import { kindOf } from '../media/kinds.ts'
import type { FoundFile } from './diff.ts'
import { factsOf, factsWithoutMetadata } from './facts.ts'
import type { InspectedFile } from './index-files.ts'
import type { Surroundings } from './surroundings.ts'

interface InspectNeeds {
  media: Pick<MediaClient, 'inspect'>
  surroundings: Surroundings
}

/** What reading a file's metadata came to. */
type Inspection = { ok: true; file: InspectedFile & FoundFile } | { ok: false; path: string; reason: Reason }

/**
 * Reads the metadata of found files of an area. One that can't be read now is left for the next scan; one whose metadata kill the
 * reader is indexed without them. Throws {@link JobFailedError} as soon as the area's disk turns out to be at fault, and the signal's
 * reason when aborted; the rest is not tried then.
 */
export async function inspectFiles(
  needs: InspectNeeds,
  found: readonly FoundFile[],
  area: Area,
  signal: AbortSignal,
): Promise<Inspection[]> {
  const leaving = new AbortController()
  const either = AbortSignal.any([signal, leaving.signal])
  try {
    return await Promise.all(found.map((file) => inspectFile(needs, file, area, either)))
  } finally {
    leaving.abort()
  }
}

async function inspectFile(
  { media, surroundings }: InspectNeeds,
  found: FoundFile,
  area: Area,
  signal: AbortSignal,
): Promise<Inspection> {
  const known = kindOf(found.name)
  const path = join(found.directory, found.name)
  if (!known) throw new Error(`The walk told of a file that is not indexed: ${path}`)
  const folder = { path: area.path, device: area.device, inode: area.inode }
  const { sizeBytes, mtimeMs } = found
  const reply = await media.inspect({ path, folder, sizeBytes, mtimeMs }, mtimeMs, { signal })
  if (reply.ok) {
    const facts = factsOf(known, reply.metadata)
    return { ok: true, file: { ...found, facts, quickHash: reply.quickHash } }
  }
  const blamed = await surroundings.blame(area.id, path, reply.reason)
  if (blamed) throw new JobFailedError(blamed)
  if (failureState(reply.reason) === 'trouble') return { ok: false, path, reason: reply.reason }
  return { ok: true, file: { ...found, facts: factsWithoutMetadata(known, found), quickHash: null } }
}
