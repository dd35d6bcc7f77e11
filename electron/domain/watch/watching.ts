import { realpath } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { readAreasInUse } from '../../access/areas-in-use.ts'
import type { Database } from '../../db/connect.ts'
import type { Log } from '../../lib/log.ts'
import type { Spawner } from '../../workers/spawn.ts'
import { isHiddenName } from '../../workers/walk-rules.ts'
import { createWatchClient, type WatchClientOptions } from '../../workers/watch-client.ts'
import type { WatchProblem } from '../../workers/watch-messages.ts'
import type { Area } from '../areas/areas.ts'
import { deepestHolding, isBelow, isWithin } from '../areas/paths.ts'
import { readLibrarySettings } from '../settings/library-settings.ts'
import type { LookAgain } from './look-again.ts'

interface WatchingNeeds extends Pick<WatchClientOptions, 'pauseMs' | 'retryMs'> {
  db: Database
  spawn: Spawner
  lookAgain: Pick<LookAgain, 'soon' | 'keepTo'>
  log: Log
  /** absolute; left alone where it lies inside a folder */
  dataDir: string
  /** called when a folder began or ceased to be watched */
  changed: () => void
}

/** Whether a folder is watched; the reason where it should be and can't. */
interface WatchInfo {
  watched: boolean
  reason: WatchProblem | null
}

/** Has the household's folders watched, as the settings say, and scans queued for what happens in them. */
export interface Watching {
  start(): void
  /** To be called when folders, their states or settings may have changed; before `start` it does nothing. */
  refresh(): void
  /** How it stands with the folder at a path. */
  of(path: string): WatchInfo
  close(): void
}

/** An event says no more than that a folder is to be looked at again: what came of it, the scan finds out. */
export function createWatching(needs: WatchingNeeds): Watching {
  const { db, spawn, lookAgain, log, changed } = needs
  let areas: readonly Area[] = []
  let roots: readonly string[] = []
  let isStarted = false
  let isAsked = false
  let refreshing: Promise<void> | undefined

  const areasBelow = (root: string) => areas.filter(({ path }) => rootOf(roots, path) === root)
  const client = createWatchClient({
    ...needs,
    spawner: spawn,
    onChanged: (root, paths) => {
      for (const { id } of paths === null ? areasBelow(root) : areasOf(areas, paths)) lookAgain.soon(id)
    },
    onState: (root) => {
      // what changed before that, since the last scan, was not told
      if (client.stateOf(root)?.state === 'watched')
        for (const { id } of areasBelow(root)) lookAgain.soon(id, { kind: 'system' })
      changed()
    },
  })

  async function read(): Promise<void> {
    const { watch } = await readLibrarySettings(db.read)
    areas = await readAreasInUse(db.read)
    lookAgain.keepTo(areas.map(({ id }) => id))
    roots = watch ? outermost(areas.filter(({ status }) => status === 'online')) : []
    const dataDir = await realpath(needs.dataDir)
    client.set(roots.map((root) => ({ root, leaveOut: [...new Set([needs.dataDir, dataDir])] })))
  }

  function refresh(): void {
    isAsked = true
    if (!isStarted || refreshing) return
    isAsked = false
    refreshing = read()
      .catch((error: unknown) => void (isStarted && log.error('folders could not be watched', error)))
      .finally(() => {
        refreshing = undefined
        if (isAsked) refresh()
      })
  }

  return {
    start() {
      isStarted = true
      refresh()
    },
    refresh,
    of(path) {
      const root = rootOf(roots, path)
      const found = root === undefined ? undefined : client.stateOf(root)
      const reason = found?.state === 'failed' ? found.reason : null
      return { watched: found?.state === 'watched', reason }
    },
    close() {
      isStarted = false
      client.close()
    },
  }
}

/** Whether what is watched as `root` includes `path`: watchers enter no hidden directories, nor do scans. */
const includes = (root: string, path: string) =>
  isWithin(path, root) && !relative(root, path).split(sep).some(isHiddenName)

const rootOf = (roots: readonly string[], path: string) => roots.find((root) => includes(root, path))

/** The paths that have to be watched for all of these to be. */
export function outermost(areas: readonly Pick<Area, 'path'>[]): string[] {
  const paths = areas.map(({ path }) => path)
  return paths.filter((path) => !paths.some((other) => isBelow(path, other) && includes(other, path)))
}

/** The areas that changes at these paths concern: the deepest that holds each, and those a directory took along. */
export function areasOf<A extends Pick<Area, 'path'>>(areas: readonly A[], paths: readonly string[]): Set<A> {
  const concerned = new Set<A>()
  for (const path of paths) {
    const holding = deepestHolding(areas, path)
    if (holding) concerned.add(holding)
    for (const area of areas) if (isBelow(area.path, path)) concerned.add(area)
  }
  return concerned
}
