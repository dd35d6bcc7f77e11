import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { requireBrowser } from '../support/browser.ts'
import { spread, tell } from './figures.ts'
import { startHousehold } from './household.ts'
import { startServer } from './server.ts'

const RUNS = 7

/** (e) From starting the program on a household that exists until a browser shows the login form. */
export async function benchColdStart(directory: string): Promise<void> {
  await (await startHousehold(directory)).stop()
  const browser = await chromium.launch({ executablePath: await requireBrowser(), args: ['--no-sandbox'] })
  const listening: number[] = []
  const shown: number[] = []
  try {
    for (let run = 0; run < RUNS; run += 1) {
      const page = await browser.newPage()
      const start = performance.now()
      const server = await startServer(join(directory, 'data'), { isNew: false })
      listening.push(performance.now() - start)
      await page.goto(server.address)
      await page.locator('input[type=password]').waitFor()
      shown.push(performance.now() - start)
      await page.close()
      await server.stop()
    }
  } finally {
    await browser.close()
  }
  tell('(e) cold start to the address', spread(listening))
  tell('    cold start to the login page', spread(shown))
}
