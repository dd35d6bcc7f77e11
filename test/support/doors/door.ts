import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { Modules } from '../electron-stand-in/launch.ts'

/** One window (in a browser: one separate browser profile). Each login and logout may replace its page. */
export interface DoorWindow {
  /** The page that the window shows now; waits for one while it is being replaced. */
  page(): Promise<Page>
  /** Waits until something is visible in the window, whichever page shows it by then, and answers that page. */
  pageShowing(find: (page: Page) => Locator): Promise<Page>
}

/** A running Mantel on an empty data directory, with a first window open. */
export interface Door extends DoorWindow {
  readonly dataDir: string
  /** What a browser must give to set up this household; null in Mantel's own window, which needs none. */
  readonly setupCode: string | null
  /** Everything that the program printed. */
  logs(): string
  openSecondWindow(): Promise<DoorWindow>
  /** Runs a function, sent as text, in Electron's main process; absent where there is none. */
  evaluate?<R, A>(run: (modules: Modules, argument: A) => R, argument?: A): Promise<Awaited<R>>
  /** What went wrong so far without anybody asking: page errors, refusals of the stand-in, broken preloads. */
  complaints(): string[]
  /** Leaves complaints out that a test provokes on purpose. */
  forgive(pattern: RegExp): void
  close(): Promise<void>
}

/** One way to start the program and look at it. */
export interface Driver {
  readonly name: 'stand-in' | 'web' | 'electron'
  /** why it can't be used on this machine; null when it can */
  readonly lacking: string | null
  start(dataDir: string): Promise<Omit<Door, 'dataDir' | 'forgive'>>
}

/** Starts a household of its own behind a driver; its data directory is removed when it is closed. */
export async function openDoor(driver: Driver): Promise<Door> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mantel-door-'))
  const remove = () => rm(dataDir, { recursive: true, force: true })
  try {
    const door = await driver.start(dataDir)
    const close = () => door.close().finally(remove)
    const forgiven: RegExp[] = []
    const complaints = () =>
      door.complaints().filter((text) => !forgiven.some((pattern) => pattern.test(text)))
    return { ...door, dataDir, close, complaints, forgive: (pattern) => void forgiven.push(pattern) }
  } catch (error) {
    await remove()
    throw error
  }
}
