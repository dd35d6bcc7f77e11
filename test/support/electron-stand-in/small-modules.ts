import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import type * as Electron from 'electron'
import { warn } from './life.ts'
import { refuseTheRest } from './refuse.ts'

/** `electron.shell`: nothing outside is ever opened; a test that expects it replaces the function. */
export const shell = refuseTheRest('shell', {
  openExternal: async (url: string) => warn(`shell.openExternal: ${url}`),
  openPath: async (path: string) => {
    warn(`shell.openPath: ${path}`)
    return ''
  },
  showItemInFolder: (path: string) => warn(`shell.showItemInFolder: ${path}`),
  beep: () => {},
}) satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>

/** `electron.nativeTheme`: its state; pages keep following the test's own colour scheme. */
export const nativeTheme = refuseTheRest(
  'nativeTheme',
  Object.assign(Object.create(EventEmitter.prototype) as EventEmitter, {
    shouldUseDarkColors: false,
    themeSource: 'system' as const,
  }),
) satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'>

/** `electron.powerMonitor`: says nothing by itself; tests emit what the computer would tell. */
export const powerMonitor = refuseTheRest(
  'powerMonitor',
  Object.create(EventEmitter.prototype) as EventEmitter, // nothing else of it is imitated
) satisfies Pick<Electron.PowerMonitor, never>

/** `electron.net`: files only; there is no network in tests. */
export const net = refuseTheRest('net', {
  isOnline: () => true,
  fetch: async (input: string | Request) => {
    const url = new URL(typeof input === 'string' ? input : input.url)
    if (url.protocol !== 'file:') throw new Error(`[stand-in] net.fetch('${url}') is not implemented`)
    return new Response(await readFile(url))
  },
}) satisfies Pick<Electron.Net, 'isOnline' | 'fetch'>
