import type { Devtools } from './devtools.ts'

/** A page as Chromium announces it: its id, and the session by which DevTools talks to it. */
export interface Target {
  targetId: string
  sessionId: string
}

let devtools: Devtools | undefined
const sessions = new Map<string, PromiseWithResolvers<string>>()
const asked = new Set<string>()
let asking: Promise<unknown> = Promise.resolve()

/** The one Chromium behind all windows. @throws before {@link connect} */
export function browser(): Devtools {
  if (!devtools) throw new Error('[stand-in] Chromium is not started')
  return devtools
}

/** Starts to listen for pages. Pages that the app did not make (pop-ups) are closed before any of their code runs. */
export async function connect(to: Devtools): Promise<void> {
  devtools = to
  to.on('Target.attachedToTarget', async ({ sessionId, targetInfo, waitingForDebugger }, parent) => {
    if (parent) return
    sessionOf(targetInfo.targetId).resolve(sessionId)
    await asking
    if (asked.has(targetInfo.targetId)) return
    if (targetInfo.type === 'page')
      await quietly(to.send('Target.closeTarget', { targetId: targetInfo.targetId }))
    if (waitingForDebugger) await quietly(to.send('Runtime.runIfWaitingForDebugger', {}, sessionId))
  })
  await to.send('Target.setDiscoverTargets', { discover: true })
  const filter = [{ type: 'page' }, { exclude: true }]
  await to.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter,
  })
}

/** Makes an empty page, held until `Runtime.runIfWaitingForDebugger` is sent to it. */
export async function makePage(browserContextId: string): Promise<Target> {
  const request = browser().send('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
    newWindow: true,
  })
  const made = request.then(({ targetId }) => {
    asked.add(targetId)
    return targetId
  })
  asking = Promise.allSettled([asking, made])
  const targetId = await made
  return { targetId, sessionId: await sessionOf(targetId).promise }
}

/** For commands to a page that may be gone by now, where that is no fault. */
export async function quietly(request: Promise<unknown>): Promise<void> {
  await request.catch(() => {})
}

function sessionOf(targetId: string): PromiseWithResolvers<string> {
  const known = sessions.get(targetId) ?? Promise.withResolvers<string>()
  sessions.set(targetId, known)
  return known
}
