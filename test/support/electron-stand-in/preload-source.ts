import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { makeBridge } from './in-page/bridge.ts'
import { decode, encode } from './in-page/codec.ts'
import { makeIpcRenderer } from './in-page/ipc-renderer.ts'
import { setUpMainWorld } from './in-page/main-world.ts'
import { makeParcels } from './in-page/parcels.ts'
import { type Materials, setUpSandbox } from './in-page/sandbox.ts'

/** Name of the preload's world, as Electron calls it. */
export const isolatedWorld = 'Electron Isolated Context'
/** Name of the function by which the isolated world reaches the main process. */
export const binding = '__standInToMain'
/** Name of the function by which the main process reaches the isolated world. */
export const receiver = '__standInToPage'
/** What the isolated script is called in Chromium's stack traces; an exception there is a broken preload. */
export const preloadScript = 'stand-in-preload'

/** Text that runs in the page's own world before its scripts. */
export function mainWorldSource(token: string): string {
  return `(() => {
    if (window !== window.top) return
    ;(${setUpMainWorld})(${makeBridge}, ${makeParcels}, ${JSON.stringify(token)})
  })()\n//# sourceURL=stand-in-main-world`
}

/**
 * Text that runs in the isolated world: the sandbox, then the preload inside it.
 * @param preload the preload's own text, '' where the page has none
 * @param argv `additionalArguments` of the page
 */
export function isolatedWorldSource(token: string, preload: string, argv: string[]): string {
  const { platform, arch, versions } = process
  const values = { token, binding, process: { platform, arch, versions, argv } }
  const functions: Record<keyof Omit<Materials, keyof typeof values>, string> = {
    encode: String(encode),
    decode: String(decode),
    makeBridge: String(makeBridge),
    makeParcels: String(makeParcels),
    makeIpcRenderer: String(makeIpcRenderer),
  }
  const members = [
    ...Object.entries(functions).map(([name, text]) => `${name}: ${text}`),
    ...Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  ]
  return `(() => {
    if (window !== window.top) return
    const sandbox = (${setUpSandbox})({ ${members.join(', ')} })
    Object.defineProperty(globalThis, '${receiver}', { value: (text) => sandbox.receive(JSON.parse(text)) })
    const module = { exports: {} }
    ;(function (require, module, exports, process, global) {\n${preload}\n})
      .call(undefined, sandbox.require, module, module.exports, sandbox.process, globalThis)
  })()\n//# sourceURL=${preloadScript}`
}

/**
 * The preload's text.
 * @throws when it can't be read, or is no CommonJS script: a sandboxed preload can't be an ES module
 */
export function readPreload(file: string): string {
  const text = readFileSync(file, 'utf8')
  new Script(`(function (require, module, exports, process, global) {\n${text}\n})`, {
    filename: file,
    lineOffset: -1,
  })
  return text
}
