import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { browser, quietly } from './browser.ts'
import { life, mustBeReady } from './life.ts'
import { refuseTheRest } from './refuse.ts'
import { WebContents } from './web-contents.ts'

/** `electron.View`: a place in a window. Only its bounds are kept; nothing is painted. */
export class View
  extends EventEmitter
  implements Pick<Electron.View, 'setBounds' | 'getBounds' | 'setBackgroundColor' | 'setVisible'>
{
  readonly children: View[] = []
  #bounds: Electron.Rectangle = { x: 0, y: 0, width: 0, height: 0 }

  addChildView(view: View, index = this.children.length): void {
    this.removeChildView(view)
    this.children.splice(index, 0, view)
  }

  removeChildView(view: View): void {
    const at = this.children.indexOf(view)
    if (at >= 0) this.children.splice(at, 1)
  }

  setBounds(bounds: Electron.Rectangle): void {
    this.#bounds = { ...bounds }
    this.emit('bounds-changed')
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }

  setBackgroundColor(_color: string): void {}

  setVisible(_visible: boolean): void {}
}

/** `electron.WebContentsView`: a page with a place in a window. It outlives the window, as in Electron. */
export class WebContentsView extends View {
  readonly webContents: WebContents

  constructor(options: { webPreferences?: Electron.WebPreferences } = {}) {
    super()
    mustBeReady('Cannot create WebContentsView before app is ready')
    this.webContents = new WebContents(options.webPreferences ?? {})
    viewMade(this.webContents)
  }

  /** The page gets the view's size. */
  override setBounds(bounds: Electron.Rectangle): void {
    super.setBounds(bounds)
    const { width, height } = bounds
    if (width > 0 && height > 0) void quietly(this.#resize(width, height))
  }

  async #resize(width: number, height: number): Promise<void> {
    const { sessionId } = await this.webContents.started
    const metrics = { width, height, deviceScaleFactor: 0, mobile: false }
    if (!life.quitting) await browser().send('Emulation.setDeviceMetricsOverride', metrics, sessionId)
  }
}
refuseTheRest('View', View.prototype)
refuseTheRest('View', View)

let viewMade: (page: WebContents) => void = () => {}

/** Lets `app` tell `web-contents-created`. */
export function whenViewMade(listener: (page: WebContents) => void): void {
  viewMade = listener
}
