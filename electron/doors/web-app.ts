import { Hono } from 'hono'
import { storageRefusal } from '../api/dispatch.ts'
import type { Core } from '../core.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer, methodNotAllowed, refuse } from './answer.ts'
import { createEventsDoor } from './events.ts'
import { serveMedia } from './media.ts'
import { isRendererAddress, readRendererFiles, serveRenderer } from './renderer-files.ts'
import { serveRpc } from './rpc.ts'
import type { CallerOf, Peer, Visit, WebDoor } from './visit.ts'

export interface WebAppOptions extends WebDoor {
  /** absolute; the built renderer, read at the first request */
  rendererFolder: string
}

/** Answers requests, whoever carries them: Node's HTTP server, Electron's own scheme, a local socket. Never throws. */
export interface WebApp {
  fetch(request: Request, peer?: Peer): Promise<Response>
}

interface Env {
  Bindings: { peer: Peer | undefined }
}

/** What the app and its smaller sibling for the local socket have in common: procedures, and how failures are told. */
function createProceduresApp(door: WebDoor): Hono<Env> {
  const app = new Hono<Env>()
  app.onError((error) => {
    if (error instanceof Refusal) return answer({ ok: false, error: error.toApiError() })
    door.core.log.error('a request failed', error)
    // who asks is looked up before any procedure runs
    const refused = storageRefusal(error) ?? new Refusal('internal')
    return answer({ ok: false, error: refused.toApiError() })
  })
  app.notFound(() => refuse('not_found'))
  app.post('/rpc/:name', (c) => serveRpc(door, visitOf(c.req.raw, c.env.peer), c.req.param('name')))
  app.all('/rpc/:name', () => methodNotAllowed('POST'))
  return app
}

const visitOf = (request: Request, peer: Peer | undefined): Visit => ({
  request,
  peer,
  headers: new Headers(),
})

const asWebApp = (app: Hono<Env>): WebApp => ({
  fetch: async (request, peer) => app.fetch(request, { peer }),
})

/** Procedures alone: what the local socket offers. */
export const createProceduresOnly = (core: Core, callerOf: CallerOf): WebApp =>
  asWebApp(createProceduresApp({ core, callerOf }))

/** The whole of Mantel over HTTP: procedures, pictures, hints and the interface's own files. */
export function createWebApp({ rendererFolder, ...door }: WebAppOptions): WebApp {
  const app = createProceduresApp(door)
  const events = createEventsDoor(door)
  let reading: ReturnType<typeof readRendererFiles> | undefined
  const rendererFiles = () => {
    reading ??= readRendererFiles(rendererFolder).catch((error: unknown) => {
      // the next request tries again
      reading = undefined
      throw error
    })
    return reading
  }

  // the kinds are contract/photos.ts' MEDIA_KINDS; written out, so that the types know the parameters
  const media = '/media/:kind{thumb|preview|original}/:id{[1-9][0-9]*}/:version'
  app.get(media, (c) => {
    const { kind, id, version } = c.req.param()
    return serveMedia(door, visitOf(c.req.raw, c.env.peer), { kind, id: Number(id), version })
  })
  app.all(media, () => methodNotAllowed('GET, HEAD'))
  app.get('/events', (c) =>
    c.req.method === 'GET' ? events(visitOf(c.req.raw, c.env.peer)) : methodNotAllowed('GET'),
  )
  app.all('/events', () => methodNotAllowed('GET'))
  app.all('/rpc/*', () => refuse('not_found'))
  app.all('/media/*', () => refuse('not_found'))
  app.get('*', async (c) => serveRenderer(await rendererFiles(), c.req.raw) ?? refuse('not_found'))
  app.all('*', async (c) =>
    isRendererAddress(await rendererFiles(), new URL(c.req.url).pathname)
      ? methodNotAllowed('GET, HEAD')
      : refuse('not_found'),
  )
  return asWebApp(app)
}
