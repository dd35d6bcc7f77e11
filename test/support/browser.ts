import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const commandNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chrome.exe',
  'msedge.exe',
]

const wellKnownPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The Chromium (or a browser made of it) of this machine: `MANTEL_CHROMIUM`, else the well-known names on PATH, else
 * the places where installers put it, else the one that `npx playwright-core install chromium` fetched.
 * @returns the path of the executable, or null where there is none
 */
export async function findBrowser(): Promise<string | null> {
  const chosen = process.env.MANTEL_CHROMIUM
  if (chosen) return chosen
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const onPath = commandNames.flatMap((name) => folders.map((folder) => join(folder, name)))
  const installed = [...onPath, ...wellKnownPaths].find(isExecutable)
  if (installed) return installed
  const { chromium } = await import('playwright-core')
  const fetched = chromium.executablePath()
  return existsSync(fetched) ? fetched : null
}

/** As {@link findBrowser}, for code that can't go on without one. */
export async function requireBrowser(): Promise<string> {
  const found = await findBrowser()
  if (!found)
    throw new Error('No Chromium here: run `node scripts/ensure-browser.ts`, or set MANTEL_CHROMIUM')
  return found
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
