import { BaseWindow, dialog, nativeTheme, type WebContents, type WebContentsView } from 'electron'
import { HINT_CHANNEL } from '../contract/ipc.ts'
import type { Core } from '../core.ts'
import type { Seats } from '../doors/seats.ts'
import { type DeviceMemory, Visitor } from '../doors/visitor.ts'
import { leftToLogIn } from './deep-link.ts'
import { createView, loadRenderer, type Serve } from './view.ts'

/** `--paper` of renderer/styles/tokens.css, in which colours are oklch(); Electron takes sRGB. */
const PAPER = { light: '#fcfaf6', dark: '#120f0c' }
const SIZE = { width: 1280, height: 860, minWidth: 360, minHeight: 480 }
/** A page that crashes again within this time is left as it is; milliseconds. */
const CRASH_PAUSE_MS = 10_000

export interface WindowOptions {
  core: Core
  device: DeviceMemory
  seats: Seats
  /** absolute path of the built preload */
  preload: string
  /** makes the web app that a window's pages talk to */
  serve: (visitor: Visitor) => Serve
  pickFolderTitle: string
}

/** Where the renderer begins by itself. */
export const START = '/'

interface Opening {
  resume: boolean
  path: string
}

/** One window of Mantel: whoever sits at it, and the one page that shows it to them. */
export class AppWindow {
  readonly #options: WindowOptions
  readonly #window: BaseWindow
  readonly #serve: Serve
  /** whoever sits here */
  readonly visitor: Visitor
  #view: WebContentsView | undefined
  #stopFollowing = () => {}
  #lastCrash = 0
  /** where the next fresh page begins */
  #path: string

  /**
   * Opens the window; `onClosed` is called once, when it is gone.
   * @param resume whether it goes on with the session that was in use last
   * @param path where its first page begins
   */
  constructor(options: WindowOptions, { resume, path }: Opening, onClosed: (window: AppWindow) => void) {
    this.#options = options
    this.#path = path
    this.#window = new BaseWindow({ ...SIZE, title: 'Mantel', backgroundColor: this.#background() })
    this.visitor = new Visitor({
      core: options.core,
      device: options.device,
      seats: options.seats,
      pickFolder: () => this.#pickFolder(),
      onChange: () => this.#goOn(),
    })
    this.#serve = options.serve(this.visitor)
    this.#window.on('resize', () => this.#fill())
    this.#window.on('closed', () => {
      this.#removeView()
      this.visitor.gone()
      onClosed(this)
    })
    if (resume) void this.visitor.resumeLast().then(() => this.#showFresh())
    else this.#showFresh()
  }

  /** Whether a page is the one that this window shows now; a replaced page is nobody's. */
  shows(page: WebContents): boolean {
    return this.#view?.webContents === page
  }

  isFocused(): boolean {
    return this.#window.isFocused()
  }

  bringToFront(): void {
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Shows a page to whoever sits here. */
  go(path: string): void {
    this.#path = path
    this.#showFresh()
  }

  zoom(step: 'in' | 'out' | 'reset'): void {
    const page = this.#view?.webContents
    if (!page) return
    const change = { in: 0.5, out: -0.5, reset: -page.getZoomLevel() }[step]
    page.setZoomLevel(Math.min(4, Math.max(-3, page.getZoomLevel() + change)))
  }

  /** Shows a fresh page to who sits here from now on: where somebody logged in from, if that was a link. */
  #goOn(): void {
    const page = this.#view?.webContents
    const link = page && !page.isDestroyed() ? leftToLogIn(page.getURL()) : null
    if (link !== null) this.#path = link
    this.#showFresh()
  }

  /** Replaces the page and everything it held by an empty one for whoever sits here now. */
  #showFresh(): void {
    if (this.#window.isDestroyed()) return
    this.#removeView()
    // a replaced page may live a moment longer: it must not see what belongs to whoever came after
    const serve: Serve = (request) =>
      this.#view === view ? this.#serve(request) : new Response(null, { status: 404 })
    const view = createView(serve, this.#options.preload, this.#background())
    this.#view = view
    this.#window.contentView.addChildView(view)
    this.#fill()
    view.webContents.on('render-process-gone', () => this.#pageCrashed())
    view.webContents.on('destroyed', () => {
      if (this.#view === view) this.#window.close()
    })
    void this.#follow(view).catch((error) =>
      this.#options.core.log.error('the window does not hear of changes', error),
    )
    const path = this.#path
    this.#path = START
    void loadRenderer(view, path).catch((error) =>
      this.#options.core.log.error('the window could not be loaded', error),
    )
  }

  async #follow(view: WebContentsView): Promise<void> {
    const stop = await this.visitor.follow((hint) => view.webContents.send(HINT_CHANNEL, hint))
    if (this.#view === view) this.#stopFollowing = stop
    else stop()
  }

  #removeView(): void {
    const view = this.#view
    this.#view = undefined
    this.#stopFollowing()
    this.#stopFollowing = () => {}
    if (!view || view.webContents.isDestroyed()) return
    if (!this.#window.isDestroyed()) this.#window.contentView.removeChildView(view)
    view.webContents.close() // Electron closes no view with its window
  }

  #pageCrashed(): void {
    const now = Date.now()
    const again = now - this.#lastCrash < CRASH_PAUSE_MS
    this.#lastCrash = now
    this.#options.core.log.warn('a page ended unexpectedly', { again })
    if (!again) this.#showFresh()
  }

  #fill(): void {
    const { width, height } = this.#window.getContentBounds()
    this.#view?.setBounds({ x: 0, y: 0, width, height })
  }

  #background(): string {
    return nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light
  }

  async #pickFolder(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, {
      title: this.#options.pickFolderTitle,
      properties: ['openDirectory', 'createDirectory'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  }
}
