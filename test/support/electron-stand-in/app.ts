import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { BaseWindow, whenAllClosed } from './base-window.ts'
import { browser } from './browser.ts'
import { life, warn, whenReady } from './life.ts'
import { refuseTheRest } from './refuse.ts'
import { takeLock } from './single-instance.ts'
import { whenViewMade } from './view.ts'

interface Manifest {
  name: string
  version: string
  productName?: string
}

class App
  extends EventEmitter
  implements
    Pick<Electron.App, 'whenReady' | 'isReady' | 'quit' | 'exit' | 'setPath' | 'getVersion' | 'getAppPath'>
{
  readonly isPackaged = false
  readonly commandLine = refuseTheRest('app.commandLine', {
    appendSwitch: (_name: string, _value?: string) => {},
    hasSwitch: (name: string) =>
      process.argv.some((part) => part === `--${name}` || part.startsWith(`--${name}=`)),
    getSwitchValue: (name: string) => valueOfSwitch(name) ?? '',
  })
  readonly #paths = new Map<string, string>()
  #name: string | undefined
  #giveLockBack: (() => void) | null = null

  whenReady(): Promise<void> {
    return whenReady
  }

  isReady(): boolean {
    return life.ready
  }

  get name(): string {
    return this.getName()
  }

  set name(name: string) {
    this.setName(name)
  }

  getName(): string {
    return this.#name ?? manifest().productName ?? manifest().name
  }

  setName(name: string): void {
    this.#name = name
  }

  getVersion(): string {
    return manifest().version
  }

  getAppPath(): string {
    return life.folder
  }

  getLocale(): string {
    return 'en-US'
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }

  setAppUserModelId(_id: string): void {}

  focus(): void {}

  /** @throws once the app is ready, as Electron does; every page of the stand-in is sandboxed anyway */
  enableSandbox(): void {
    if (life.ready) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  getPath(name: string): string {
    const home = homedir()
    const places: Record<string, string> = {
      home,
      temp: tmpdir(),
      appData: join(home, '.config'),
      userData: valueOfSwitch('user-data-dir') ?? join(home, '.config', this.getName()),
      exe: process.execPath,
      documents: join(home, 'Documents'),
      downloads: join(home, 'Downloads'),
      pictures: join(home, 'Pictures'),
    }
    const path = this.#paths.get(name) ?? places[name]
    if (!path) throw new Error(`[stand-in] app.getPath('${name}') is not implemented`)
    return path
  }

  /** @throws as Electron does for a folder that is not there */
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path '${name}': ${path} does not exist`)
    this.#paths.set(name, path)
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const start = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    this.#giveLockBack = takeLock(this.getPath('userData'), start, (later) => {
      void whenReady.then(() => {
        this.emit('second-instance', {}, later.argv, later.workingDirectory, later.additionalData)
      })
    })
    return this.#giveLockBack !== null
  }

  hasSingleInstanceLock(): boolean {
    return this.#giveLockBack !== null
  }

  quit(): void {
    if (life.quitting || this.#prevented('before-quit')) return
    life.quitting = true
    for (const window of BaseWindow.getAllWindows()) {
      window.close()
      life.quitting = window.isDestroyed()
      if (!life.quitting) return
    }
    life.quitting = !this.#prevented('will-quit')
    if (life.quitting) this.exit(0)
  }

  exit(code = 0): void {
    life.quitting = true
    this.emit('quit', {}, code)
    this.#giveLockBack?.()
    try {
      browser().kill()
    } catch {
      // it quits before Chromium was started
    }
    process.exit(code)
  }

  relaunch(): void {
    warn('app.relaunch is not imitated')
  }

  #prevented(event: string): boolean {
    let prevented = false
    this.emit(event, { preventDefault: () => (prevented = true) })
    return prevented
  }
}
refuseTheRest('app', App.prototype)

/** `electron.app` */
export const app = new App()

whenAllClosed(() => {
  if (!app.emit('window-all-closed')) app.quit()
})
whenViewMade((page) => void app.emit('web-contents-created', {}, page))

function valueOfSwitch(name: string): string | undefined {
  return process.argv.find((part) => part.startsWith(`--${name}=`))?.slice(name.length + 3)
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(life.folder, 'package.json'), 'utf8')) // npm's own format
}
