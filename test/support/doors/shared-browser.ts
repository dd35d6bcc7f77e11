import { type Browser, chromium } from 'playwright-core'
import { requireBrowser } from '../browser.ts'

let starting: Promise<Browser> | undefined

/**
 * The one Chromium of all tests that browse, started for the first of them: starting one for each would take minutes of a whole run. Everybody
 * works in contexts of their own, which know nothing of each other, and closes these. It ends with the process.
 */
export async function sharedBrowser(): Promise<Browser> {
  const present = await starting?.catch(() => undefined)
  if (present?.isConnected()) return present
  starting = start()
  return starting
}

const start = async () => chromium.launch({ executablePath: await requireBrowser(), args: ['--no-sandbox'] })
