import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts'
import { fromChromium } from './schemes.ts'

/** What a handler learns of the frame that sent a message (a part of Electron's `WebFrameMain`). */
export interface Frame {
  url: string
  origin: string
  parent: Frame | null
  top: Frame | null
  routingId: number
  processId: number
}

/** The frames and script worlds of one page, kept as DevTools tells of them. */
export class Frames {
  readonly #frames = new Map<string, Frame>()
  readonly #worlds = new Map<number, { frameId: string; uniqueId: string; name: string }>()
  #mainFrameId = ''

  get main(): Frame | null {
    return this.#frames.get(this.#mainFrameId) ?? null
  }

  isMain(frameId: string | undefined): boolean {
    return frameId === this.#mainFrameId
  }

  get(frameId: string): Frame | null {
    return this.#frames.get(frameId) ?? null
  }

  /** Notes where a frame is now. */
  navigated(told: Protocol.Page.Frame): Frame {
    const parent = this.get(told.parentId ?? '')
    if (!told.parentId) this.#mainFrameId = told.id
    const url = fromChromium(told.url + (told.urlFragment ?? ''))
    const origin = fromChromium(told.securityOrigin).replace(/^:\/\/$/, 'null')
    const frame: Frame = { url, origin, parent, top: null, routingId: this.#frames.size + 1, processId: 1 }
    frame.top = parent?.top ?? frame
    this.#frames.set(told.id, frame)
    return frame
  }

  /** Notes that a frame's address changed without a new document. */
  moved(frameId: string, url: string): void {
    const frame = this.#frames.get(frameId)
    if (frame) frame.url = fromChromium(url)
  }

  detached(frameId: string): void {
    this.#frames.delete(frameId)
  }

  worldMade({ id, uniqueId, name, auxData }: Protocol.Runtime.ExecutionContextDescription): void {
    const frameId = String(auxData?.frameId) // there for every context of a page
    this.#worlds.set(id, { frameId, uniqueId, name })
  }

  worldGone(id: number): void {
    this.#worlds.delete(id)
  }

  allWorldsGone(): void {
    this.#worlds.clear()
  }

  /** Of a world by its number: the lasting id by which a script can be sent into it and no later one. */
  worldId(id: number): string | undefined {
    return this.#worlds.get(id)?.uniqueId
  }

  /** The frame in which a world lives. */
  frameOfWorld(id: number): Frame | null {
    return this.get(this.#worlds.get(id)?.frameId ?? '')
  }

  /** As {@link worldId}, of the main frame's world of that name; undefined while the document has none. */
  mainWorldNamed(name: string): string | undefined {
    for (const world of this.#worlds.values()) {
      if (world.name === name && this.isMain(world.frameId)) return world.uniqueId
    }
    return undefined
  }
}
