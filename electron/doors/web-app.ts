import { Hono } from 'hono'
import { storageRefusal } from '../api/dispatch.ts'
import type { MediaKind } from '../contract/values.ts'
import type { Core } from '../core.ts'
import { Refusal } from '../lib/refusal.ts'
import { answer, methodNotAllowed, refuse } from './answer.ts'
import { serveCard, tagsOfLink } from './card.ts'
import { createEventsDoor } from './events.ts'
import { serveMedia } from './media.ts'
import { isRendererAddress, readRendererFiles, serveRenderer } from './renderer-files.ts'
import { serveRpc } from './rpc.ts'
import { receiveUpload } from './upload.ts'
import type { CallerOf, Peer, Visit, WebDoor } from './visit.ts'
import { serveArchive } from './zip.ts'

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

const TOKEN = ':token{[A-Za-z0-9_-]{1,200}}' as const
const CARD = `/card/${TOKEN}` as const
/** What a link's address shows; what lies below it is answered without a card. */
const LINK_PAGE = `/s/${TOKEN}` as const

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
    // the pattern names these kinds alone
    const address = { kind: kind as MediaKind, id: Number(id), version }
    const share = c.req.query('share')
    return serveMedia(
      door,
      visitOf(c.req.raw, c.env.peer),
      // what is no number is refused by the procedure's own schema
      share === undefined ? address : { ...address, share: Number(share) },
    )
  })
  app.all(media, () => methodNotAllowed('GET, HEAD'))
  const heldPicture = '/upload/:kind{thumb|preview}/:id{[1-9][0-9]*}'
  app.get(heldPicture, (c) => {
    const { kind, id } = c.req.param()
    // the pattern names these kinds alone
    const address = { kind: kind as 'thumb' | 'preview', upload: Number(id) }
    return serveMedia(door, visitOf(c.req.raw, c.env.peer), address)
  })
  app.all(heldPicture, () => methodNotAllowed('GET, HEAD'))
  const upload = '/upload/:share{[1-9][0-9]*}'
  app.post(upload, (c) => receiveUpload(door, visitOf(c.req.raw, c.env.peer), Number(c.req.param('share'))))
  app.all(upload, () => methodNotAllowed('POST'))
  const archive = '/zip/:id{[A-Za-z0-9_-]+}'
  app.get(archive, (c) => {
    const share = c.req.query('share')
    return serveArchive(door, visitOf(c.req.raw, c.env.peer), {
      id: c.req.param('id'),
      ...(share !== undefined && { share: Number(share) }),
    })
  })
  app.all(archive, () => methodNotAllowed('GET, HEAD'))
  app.get(CARD, (c) => serveCard(door.core, visitOf(c.req.raw, c.env.peer), c.req.param('token')))
  app.all(CARD, () => methodNotAllowed('GET, HEAD'))
  app.get('/events', (c) =>
    c.req.method === 'GET' ? events(visitOf(c.req.raw, c.env.peer)) : methodNotAllowed('GET'),
  )
  app.all('/events', () => methodNotAllowed('GET'))
  app.all('/rpc/*', () => refuse('not_found'))
  app.all('/media/*', () => refuse('not_found'))
  app.all('/zip/*', () => refuse('not_found'))
  app.all('/upload/*', () => refuse('not_found'))
  app.all('/card/*', () => refuse('not_found'))
  app.get(LINK_PAGE, async (c) => {
    const { core } = door
    const visit = visitOf(c.req.raw, c.env.peer)
    // Mantel's own windows show no cards
    const tags = visit.peer ? await tagsOfLink(core, visit, c.req.param('token')) : ''
    return serveRenderer(await rendererFiles(), c.req.raw, tags) ?? refuse('not_found')
  })
  app.get('*', async (c) => serveRenderer(await rendererFiles(), c.req.raw) ?? refuse('not_found'))
  app.all('*', async (c) =>
    isRendererAddress(await rendererFiles(), new URL(c.req.url).pathname)
      ? methodNotAllowed('GET, HEAD')
      : refuse('not_found'),
  )
  return asWebApp(app)
}
