import type { Locator, Page } from 'playwright-core'
import type { DoorWindow } from './door.ts'

/** A machine that is shared with others may stand still for a while: what is waited for decides, not how soon it comes. */
const patienceMs = 60_000
const pauseMs = 25

/** Finds out which page belongs to which window, and keeps what goes wrong in any of them. */
export class Pages {
  readonly #unowned: Page[] = []
  readonly #errors: string[] = []

  /** Tells of a page that appeared. */
  add(page: Page): void {
    this.#unowned.push(page)
    page.on('pageerror', (error) => this.#errors.push(`page error: ${error.stack ?? error.message}`))
    page.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && /Content Security Policy/.test(text)) this.#errors.push(text)
    })
  }

  /** Page errors and what the page's own policy refused. */
  errors(): string[] {
    return [...this.#errors]
  }

  /** A window that takes the next page that appears; again whenever its page was closed. */
  window(): DoorWindow {
    let current: Page | undefined
    const page = async () => {
      const end = Date.now() + patienceMs
      while (!current || current.isClosed()) {
        current = this.#take()
        if (current) break
        if (Date.now() > end) throw new Error('no page appeared')
        await pause()
      }
      return current
    }
    return { page, pageShowing: (find) => pageShowing(page, find) }
  }

  #take(): Page | undefined {
    const at = this.#unowned.findIndex((page) => !page.isClosed() && page.url() !== 'about:blank')
    return at < 0 ? undefined : this.#unowned.splice(at, 1)[0]
  }
}

async function pageShowing(currentPage: () => Promise<Page>, find: (page: Page) => Locator): Promise<Page> {
  const end = Date.now() + patienceMs
  for (;;) {
    const page = await currentPage()
    const visible = await find(page)
      .first()
      .isVisible()
      .catch(() => false) // the page was replaced while it was asked
    if (visible) return page
    if (Date.now() > end) throw new Error(`${find(page)} did not become visible`)
    await pause()
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs))
