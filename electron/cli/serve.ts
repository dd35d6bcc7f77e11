import { startHeadless } from '../headless.ts'
import type { Log } from '../lib/log.ts'

interface ServeOptions {
  dataDir: string
  log: Log
  host?: string
  port?: number
  json: boolean
}

/**
 * `mantel serve`: serves until it is told to stop (Ctrl-C or a termination signal), then closes in order. A second signal
 * ends the process at once.
 */
export async function serve({ json, ...options }: ServeOptions): Promise<void> {
  // before anything is started or told: who reads the address may stop it at once
  const stop = toldToStop()
  const headless = await startHeadless(options)
  const { url, lanUrls, setupCode } = headless
  if (json) console.log(JSON.stringify({ url, lanUrls, setupCode }))
  else {
    console.log(`Mantel is at ${url}`)
    if (lanUrls.length > 0) console.log(`Browsers in the house find it at ${lanUrls.join(' or ')}`)
    if (setupCode !== null)
      console.log(`Nobody has an account yet. Set it up there with the code ${setupCode}`)
  }
  await stop
  await headless.close()
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    // not SIGHUP: a handler would undo what nohup has asked for
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        // whoever asks twice does not want to wait; 130 is what shells call an interrupt
        process.once(signal, () => process.exit(130))
        resolve()
      })
    if (process.env.npm_lifecycle_event) onOrphaned(resolve)
  })
}

const PARENT_CHECK_MS = 500

/** `npm run` passes a signal to the shell it runs scripts in, which dies of it and tells nobody. */
function onOrphaned(listener: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    listener()
  }, PARENT_CHECK_MS)
  timer.unref()
}
