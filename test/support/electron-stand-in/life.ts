import { resolve } from 'node:path'

/** Where the program stands in its life; Electron's modules allow and refuse things by it. */
export const life = { ready: false, quitting: false, folder: '' }

const readiness = Promise.withResolvers<void>()

/** Resolves once {@link becomeReady} was called. */
export const whenReady = readiness.promise

/** Names the folder of the app (the one with its `package.json`), once, before anything of it is loaded. */
export function setAppFolder(folder: string): void {
  life.folder = resolve(folder)
}

/** From now on windows, sessions and secrets may be had, and schemes no longer be registered. */
export function becomeReady(): void {
  life.ready = true
  readiness.resolve()
}

/** Says that something was done which a test must not pass over; the fixture fails on this mark. */
export function warn(message: string): void {
  console.error(`[stand-in] ${message}`)
}

/** Throws Electron's own kind of complaint about what was asked too early. */
export function mustBeReady(complaint: string): void {
  if (!life.ready) throw new Error(complaint)
}
