import type { EventEmitter } from 'node:events'
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts'
import { browser, quietly, type Target } from './browser.ts'
import type { Frames } from './frames.ts'
import { warn } from './life.ts'
import { fromChromium, privilegesOf, toChromium } from './schemes.ts'

/** Loading of one page: what the app asks for, and what the page asks for and the app may prevent. */
export class Navigation {
  readonly #page: EventEmitter & { readonly started: Promise<Target> }
  readonly #frames: Frames
  #loading: PromiseWithResolvers<void> | undefined
  #ownRequest = ''

  constructor(page: EventEmitter & { readonly started: Promise<Target> }, frames: Frames) {
    this.#page = page
    this.#frames = frames
  }

  /** `webContents.loadURL`; resolves when the document and what it names are loaded. */
  async load(url: string): Promise<void> {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? ''
    const privileges = privilegesOf(scheme)
    if (privileges && !privileges.standard) {
      warn(
        `the scheme ${scheme} is not registered as standard: Electron would not resolve relative URLs in it`,
      )
    }
    if (!privileges && !/^(https?|data|about|file)$/.test(scheme)) {
      throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}' (is it registered as privileged?)`)
    }
    const { sessionId } = await this.#page.started
    const loading = Promise.withResolvers<void>()
    loading.promise.catch(() => {}) // told again to whoever awaits it
    this.#loading = loading
    this.#ownRequest = toChromium(url).replace(/#.*/, '')
    const { errorText } = await browser().send('Page.navigate', { url: toChromium(url) }, sessionId)
    this.#ownRequest = ''
    if (!errorText) return loading.promise
    this.#loading = undefined
    this.#page.emit('did-fail-load', {}, -2, errorText, url, true)
    throw new Error(`${errorText} loading '${url}'`)
  }

  async reload(): Promise<void> {
    const { sessionId } = await this.#page.started
    this.#ownRequest = toChromium(this.#frames.main?.url ?? '').replace(/#.*/, '')
    await quietly(browser().send('Page.reload', {}, sessionId))
  }

  listen(sessionId: string): void {
    const on: ReturnType<typeof browser>['on'] = (event, listener) => browser().on(event, listener, sessionId)
    on('Page.frameNavigated', ({ frame }) => {
      const { url, parent } = this.#frames.navigated(frame)
      if (!parent) this.#page.emit('did-navigate', {}, url, 200, '')
    })
    on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.#frames.moved(frameId, url)
      this.#page.emit('did-navigate-in-page', {}, fromChromium(url), this.#frames.isMain(frameId))
    })
    on('Page.domContentEventFired', () => this.#page.emit('dom-ready', {}))
    on('Page.loadEventFired', () => {
      if (this.#frames.main?.url === 'about:blank') return
      this.#loading?.resolve()
      this.#loading = undefined
      this.#page.emit('did-finish-load', {})
    })
    on('Page.frameRequestedNavigation', ({ url }) => {
      if (/^(https?|about|data|blob|javascript):/.test(url)) return
      warn(`the page asked for ${url}: Chromium cannot load that scheme here; use relative addresses`)
    })
    on('Fetch.requestPaused', (paused) => void this.#requested(paused, sessionId))
  }

  async #requested(paused: Protocol.Fetch.requestPausedPayload, sessionId: string): Promise<void> {
    const { requestId, frameId, request } = paused
    const isMainFrame = this.#frames.isMain(frameId)
    const own = isMainFrame && request.url === this.#ownRequest
    if (own) this.#ownRequest = ''
    const denied =
      !own && !paused.redirectedRequestId && this.#deniedByApp(fromChromium(request.url), frameId)
    const decided = denied
      ? browser().send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }, sessionId)
      : browser().send('Fetch.continueRequest', { requestId }, sessionId)
    await quietly(decided)
  }

  #deniedByApp(url: string, frameId: string): boolean {
    const isMainFrame = this.#frames.isMain(frameId)
    const event = {
      url,
      isMainFrame,
      isSameDocument: false,
      frame: this.#frames.get(frameId),
      initiator: this.#frames.get(frameId),
      defaultPrevented: false,
      preventDefault: () => {
        event.defaultPrevented = true
      },
    }
    this.#page.emit('will-frame-navigate', event)
    if (isMainFrame && !event.defaultPrevented) this.#page.emit('will-navigate', event, url, false, true)
    return event.defaultPrevented
  }
}
