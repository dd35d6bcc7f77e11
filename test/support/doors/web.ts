import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BrowserContext } from 'playwright-core'
import type { Driver } from './door.ts'
import { Pages } from './pages.ts'
import { sharedBrowser } from './shared-browser.ts'

const commandLine = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url))

/** The headless server, and Chromium as the browser of somebody in the house. */
export const webDriver: Driver = {
  name: 'web',
  lacking: null,
  async start(dataDir) {
    const server = await startServer(dataDir)
    const browser = await sharedBrowser()
    const pages = new Pages()
    const contexts: BrowserContext[] = []
    const openWindow = async () => {
      const context = await browser.newContext({ baseURL: server.address })
      contexts.push(context)
      const page = await context.newPage()
      pages.add(page)
      await page.goto('/')
      return pages.window()
    }
    return {
      ...(await openWindow()),
      setupCode: server.setupCode,
      logs: server.logs,
      complaints: () => pages.errors(),
      openSecondWindow: openWindow,
      close: async () => {
        await Promise.all(contexts.map((context) => context.close()))
        await server.stop()
      },
    }
  },
}

interface Server {
  address: string
  setupCode: string | null
  logs(): string
  stop(): Promise<void>
}

async function startServer(dataDir: string): Promise<Server> {
  const child = spawn(process.execPath, [commandLine, 'serve', '--json', '--port', '0', '--data', dataDir])
  let logs = ''
  const keep = (chunk: Buffer) => {
    logs += chunk
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  while (!/^\{.*\}$/m.test(logs)) {
    if (child.exitCode !== null) throw new Error(`the server ended (${child.exitCode})\n${logs}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { url, setupCode } = JSON.parse(/^\{.*\}$/m.exec(logs)?.[0] ?? '{}') // what `mantel serve --json` prints
  return { address: url, setupCode, logs: () => logs, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await once(child, 'exit')
  clearTimeout(killer)
}
