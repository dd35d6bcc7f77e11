import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts'
import { browser, makePage, quietly, type Target } from './browser.ts'
import { Frames } from './frames.ts'
import { decode, encode } from './in-page/codec.ts'
import type { ToMain, ToPage } from './in-page/messages.ts'
import { ipcMain } from './ipc-main.ts'
import { warn } from './life.ts'
import { Navigation } from './navigation.ts'
import {
  binding,
  isolatedWorld,
  isolatedWorldSource,
  mainWorldSource,
  preloadScript,
  readPreload,
  receiver,
} from './preload-source.ts'
import { refuseTheRest } from './refuse.ts'
import { fromChromium } from './schemes.ts'
import { type Session, sessionOf } from './session.ts'

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse

const everyPage = new Map<number, WebContents>()

/** One page: a Chromium target in its session's browser context. */
export class WebContents
  extends EventEmitter
  implements
    Pick<Electron.WebContents, 'id' | 'getURL' | 'loadURL' | 'reload' | 'send' | 'close' | 'isDestroyed'>
{
  readonly id = everyPage.size + 1
  readonly session: Session
  /** Resolves when the page can be told to load something. */
  readonly started: Promise<Target>
  readonly #preferences: Electron.WebPreferences
  readonly #frames = new Frames()
  readonly #navigation = new Navigation(this, this.#frames)
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #target: Target | undefined
  #destroyed = false
  #zoomLevel = 0

  constructor(preferences: Electron.WebPreferences) {
    super()
    const { sandbox = true, contextIsolation = true, nodeIntegration = false } = preferences
    if (!sandbox || !contextIsolation || nodeIntegration) {
      throw new Error('[stand-in] only sandbox: true, contextIsolation: true, nodeIntegration: false')
    }
    this.#preferences = preferences
    // a session that the app holds is one of ours
    this.session = (preferences.session as unknown as Session) ?? sessionOf(preferences.partition ?? '')
    everyPage.set(this.id, this)
    this.started = this.#start()
    this.started.catch((error: Error) => this.#destroyed || warn(`a page could not start: ${error.stack}`))
  }

  get mainFrame(): Electron.WebFrameMain | null {
    return this.#frames.main as Electron.WebFrameMain | null // a part of it
  }

  getURL(): string {
    return this.#frames.main?.url ?? ''
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  loadURL(url: string): Promise<void> {
    return this.#navigation.load(url)
  }

  reload(): void {
    void this.#navigation.reload()
  }

  /** Kept and without effect. */
  setZoomLevel(level: number): void {
    this.#zoomLevel = level
  }

  getZoomLevel(): number {
    return this.#zoomLevel
  }

  focus(): void {}

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  /** Sends into the preload's world; lost, as in Electron, while the page has none. @throws for what can't be cloned */
  send(channel: string, ...args: unknown[]): void {
    const message: ToPage = { kind: 'event', channel, args: encode(args) }
    const world = this.#frames.mainWorldNamed(isolatedWorld)
    if (world) this.#deliver(world, message)
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { sessionId } = await this.started
    const question = { expression: code, awaitPromise: true, returnByValue: true, userGesture: true }
    const { result, exceptionDetails } = await browser().send('Runtime.evaluate', question, sessionId)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  close(): void {
    if (this.#destroyed) return
    const closing = this.started.then(({ targetId }) => browser().send('Target.closeTarget', { targetId }))
    void quietly(closing)
    this.gone()
  }

  /** Notes that the page is gone, closed by the app or from outside. */
  gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.emit('destroyed')
  }

  /** Of DevTools; undefined until the page exists. */
  get targetId(): string | undefined {
    return this.#target?.targetId
  }

  async #start(): Promise<Target> {
    const target = await makePage(await this.session.context())
    this.#target = target
    this.#listen(target.sessionId)
    const send = browser().send.bind(browser())
    const { sessionId } = target
    const token = randomBytes(12).toString('hex')
    const isolated = isolatedWorldSource(token, this.#preload(), this.#preferences.additionalArguments ?? [])
    const onlyHtml = [{ resourceType: 'Document' as const, requestStage: 'Request' as const }]
    await Promise.all([
      send('Page.enable', {}, sessionId),
      send('Runtime.enable', {}, sessionId),
      send('Fetch.enable', { patterns: onlyHtml }, sessionId),
      send('Runtime.addBinding', { name: binding, executionContextName: isolatedWorld }, sessionId),
      send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(token) }, sessionId),
      send(
        'Page.addScriptToEvaluateOnNewDocument',
        { source: isolated, worldName: isolatedWorld },
        sessionId,
      ),
      send('Runtime.runIfWaitingForDebugger', undefined, sessionId),
    ])
    const { frameTree } = await send('Page.getFrameTree', undefined, sessionId)
    this.#frames.navigated(frameTree.frame)
    return target
  }

  #preload(): string {
    const file = this.#preferences.preload
    if (!file) return ''
    try {
      return readPreload(file)
    } catch (error) {
      this.#preloadFailed(error instanceof Error ? error : new Error(String(error)))
      return ''
    }
  }

  #preloadFailed(error: Error): void {
    console.error(`Unable to load preload script: ${this.#preferences.preload}\n${error.message}`)
    this.emit('preload-error', {}, this.#preferences.preload, error)
  }

  #listen(sessionId: string): void {
    const frames = this.#frames
    const on: ReturnType<typeof browser>['on'] = (event, listener) => browser().on(event, listener, sessionId)
    on('Page.frameDetached', ({ frameId }) => frames.detached(frameId))
    on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.#open(url, windowName, windowFeatures.join()),
    )
    on('Runtime.executionContextCreated', ({ context }) => frames.worldMade(context))
    on('Runtime.executionContextDestroyed', ({ executionContextId }) => frames.worldGone(executionContextId))
    on('Runtime.executionContextsCleared', () => frames.allWorldsGone())
    on('Runtime.consoleAPICalled', ({ type, args }) => {
      const message = args.map((part) => String(part.value ?? part.description)).join(' ')
      this.emit('console-message', { level: type, message })
    })
    on('Runtime.exceptionThrown', ({ exceptionDetails }) => this.#exception(exceptionDetails))
    on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === binding) void this.#received(JSON.parse(payload), executionContextId)
    })
    on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    )
    this.#navigation.listen(sessionId)
  }

  #exception(details: Protocol.Runtime.ExceptionDetails): void {
    const scripts = [details.url, ...(details.stackTrace?.callFrames ?? []).map(({ url }) => url)]
    if (!scripts.includes(preloadScript)) return
    this.#preloadFailed(new Error(details.exception?.description ?? details.text))
  }

  #open(chromiumUrl: string, frameName: string, features: string): void {
    const url = fromChromium(chromiumUrl)
    const referrer = { url: this.getURL(), policy: 'strict-origin-when-cross-origin' as const }
    const details = { url, frameName, features, disposition: 'foreground-tab' as const, referrer }
    if (this.#openHandler(details).action === 'allow')
      warn(`window.open('${url}') was allowed; windows of pages are not imitated`)
  }

  async #received(message: ToMain, worldNumber: number): Promise<void> {
    if (message.kind === 'open') {
      const [url = '', name = '', features = ''] = message.detail
      return this.#open(url, name, features)
    }
    const args = decode(message.args) as unknown[] // the sandbox encoded a list
    const event = this.#eventFrom(worldNumber)
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...args)
      return
    }
    const world = this.#frames.worldId(worldNumber)
    const reply = await answer(message, event, args)
    if (world && !this.#destroyed) this.#deliver(world, reply)
  }

  #eventFrom(worldNumber: number): Electron.IpcMainInvokeEvent {
    const senderFrame = this.#frames.frameOfWorld(worldNumber)
    // parts of Electron's classes, so a handler that asks for more gets a refusal by name, or undefined
    return {
      type: 'frame',
      sender: this,
      senderFrame,
      frameId: 1,
      processId: 1,
    } as unknown as Electron.IpcMainInvokeEvent
  }

  #deliver(uniqueContextId: string, message: ToPage): void {
    const expression = `globalThis.${receiver}(${JSON.stringify(JSON.stringify(message))})`
    const sent = browser().send('Runtime.evaluate', { uniqueContextId, expression }, this.#target?.sessionId)
    void quietly(sent) // the document may have been replaced in between; Electron loses the message too
  }
}
refuseTheRest('webContents', WebContents.prototype)

/** Tells the page of a target that it is gone. */
export function targetGone(targetId: string): void {
  for (const page of everyPage.values()) if (page.targetId === targetId) page.gone()
}

async function answer(
  { id, channel }: { id: number; channel: string },
  event: Electron.IpcMainInvokeEvent,
  args: unknown[],
): Promise<ToPage> {
  try {
    return { kind: 'reply', id, value: encode(await ipcMain.answer(channel, event, args)) }
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    return { kind: 'reply', id, error: `Error invoking remote method '${channel}': ${String(error)}` }
  }
}
