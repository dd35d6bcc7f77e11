import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { life, mustBeReady, warn } from './life.ts'
import { refuseTheRest } from './refuse.ts'
import { View, WebContentsView } from './view.ts'

const open: BaseWindow[] = []
let lastId = 0
let allClosed: () => void = () => {}

/** `electron.BaseWindow`: the state of a window that nobody sees. */
export class BaseWindow
  extends EventEmitter
  implements
    Pick<Electron.BaseWindow, 'id' | 'show' | 'hide' | 'focus' | 'close' | 'destroy' | 'getContentBounds'>
{
  static getAllWindows = (): BaseWindow[] => [...open]
  static getFocusedWindow = (): BaseWindow | null => open.findLast((window) => window.isFocused()) ?? null
  static fromId = (id: number): BaseWindow | null => open.find((window) => window.id === id) ?? null

  readonly id = ++lastId
  contentView = new View()
  #title: string
  #bounds: Electron.Rectangle
  #visible: boolean
  #focused = false
  #minimized = false
  #maximized = false
  #fullScreen = false
  #destroyed = false

  constructor({
    x = 0,
    y = 0,
    width = 800,
    height = 600,
    title = '',
    show = true,
  }: Electron.BaseWindowConstructorOptions = {}) {
    super()
    mustBeReady('Cannot create BaseWindow before app is ready')
    this.#bounds = { x, y, width, height }
    this.#title = title
    this.#visible = show
    this.contentView.setBounds({ x: 0, y: 0, width, height })
    open.push(this)
    if (show) this.focus()
  }

  show(): void {
    this.#visible = true
    this.emit('show')
    this.focus()
  }

  hide(): void {
    this.#visible = false
    this.emit('hide')
  }

  isVisible(): boolean {
    return this.#visible
  }

  focus(): void {
    for (const window of open) window.#focused = window === this
    this.emit('focus')
  }

  isFocused(): boolean {
    return this.#focused
  }

  minimize(): void {
    this.#minimized = true
    this.emit('minimize')
  }

  isMinimized(): boolean {
    return this.#minimized
  }

  restore(): void {
    this.#minimized = false
    this.emit('restore')
  }

  maximize(): void {
    this.#maximized = true
    this.emit('maximize')
  }

  isMaximized(): boolean {
    return this.#maximized
  }

  setFullScreen(on: boolean): void {
    this.#fullScreen = on
  }

  isFullScreen(): boolean {
    return this.#fullScreen
  }

  getTitle(): string {
    return this.#title
  }

  setTitle(title: string): void {
    this.#title = title
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  /** Without a frame or menu bar, the content is as large as the window. */
  getContentBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    Object.assign(this.#bounds, bounds)
    const { width, height } = this.#bounds
    this.contentView.setBounds({ x: 0, y: 0, width, height })
    this.emit('resize')
  }

  setBackgroundColor(_color: string): void {}

  setMenuBarVisibility(_visible: boolean): void {}

  isDestroyed(): boolean {
    return this.#destroyed
  }

  close(): void {
    if (this.#destroyed) return
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (!prevented) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    open.splice(open.indexOf(this), 1)
    this.emit('closed')
    setImmediate(() => this.#complainOfPagesLeft())
    if (open.length === 0 && !life.quitting) allClosed()
  }

  /** Electron closes no page with a BaseWindow; one that is left runs on, unseen, with all that it knows. */
  #complainOfPagesLeft(): void {
    if (life.quitting) return
    for (const view of this.contentView.children) {
      if (!(view instanceof WebContentsView) || view.webContents.isDestroyed()) continue
      warn('a window was closed and its page was not: call webContents.close()')
    }
  }
}
refuseTheRest('BaseWindow', BaseWindow.prototype)
refuseTheRest('BaseWindow', BaseWindow)

/** Lets `app` tell `window-all-closed`. */
export function whenAllClosed(listener: () => void): void {
  allClosed = listener
}
