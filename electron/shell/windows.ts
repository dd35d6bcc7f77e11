import type { WebContents } from 'electron'
import { allFollowScreen } from '../doors/screen.ts'
import type { Visitor } from '../doors/visitor.ts'
import { AppWindow, START, type WindowOptions } from './window.ts'

/** The open windows of the program. */
export class Windows {
  readonly #options: WindowOptions
  readonly #open = new Set<AppWindow>()

  constructor(options: WindowOptions) {
    this.#options = options
  }

  /** Opens a window; where no other is open, it goes on with the session that was in use last. */
  open(path = START): void {
    const resume = this.#open.size === 0
    this.#open.add(new AppWindow(this.#options, { resume, path }, (window) => this.#open.delete(window)))
  }

  /** Locks what is open in the window in front. */
  lock(): void {
    void this.#current()?.visitor.lock()
  }

  /** Locks every window with the computer's screen, and opens again those that were locked with it. */
  followScreen(screen: 'locked' | 'unlocked'): void {
    const visitors = Array.from(this.#open, ({ visitor }) => visitor)
    void allFollowScreen({ ...this.#options, visitors }, screen)
  }

  /** For a second start: shows what is there, or opens a window where none is. With a page, that one is shown. */
  showOrOpen(page: string | null = null): void {
    const window = this.#current()
    if (window) {
      window.bringToFront()
      if (page !== null) window.go(page)
    } else this.open(page ?? START)
  }

  /** Whoever sits at the window that shows this page now. */
  visitorOf(page: WebContents): Visitor | undefined {
    for (const window of this.#open) if (window.shows(page)) return window.visitor
    return undefined
  }

  zoom(step: 'in' | 'out' | 'reset'): void {
    this.#current()?.zoom(step)
  }

  #current(): AppWindow | undefined {
    const all = [...this.#open]
    return all.find((window) => window.isFocused()) ?? all.at(-1)
  }
}
