import { constants, createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { certificate } from './certificate.ts'
import { warn } from './life.ts'
import { fromChromium, headerToChromium, privilegesOf } from './schemes.ts'

/** What an app registers by `protocol.handle`. */
export type Handler = (request: Request) => Response | Promise<Response>

/** Of the request, what Electron's handlers do not see. */
const hiddenFromHandlers = /^(:.*|host|connection|proxy-.*|cookie|sec-.*|accept-encoding)$/
/** Of the response, what a custom scheme cannot do, or HTTP/2 forbids. */
const droppedFromResponses = /^(set-cookie|connection|keep-alive|transfer-encoding)$/
const headersWithAddresses = /^(location|content-security-policy.*|access-control-allow-origin|link)$/

/**
 * The server behind one session: Chromium sends it every request of that session's pages, and it asks the session's
 * handlers. HTTP/2, because HTTP/1.1 starves at six held responses, which `protocol.handle` does not.
 * @param partition the session's name, for messages
 * @param handlerFor the session's handler of a scheme
 * @returns the address to give to Chromium as proxy
 */
export async function startProxy(
  partition: string,
  handlerFor: (scheme: string) => Handler | undefined,
): Promise<string> {
  const options = { settings: { maxConcurrentStreams: 1000 }, ...(await certificate) }
  const server = createSecureServer(options, (request, response) => {
    void serve(partition, handlerFor, request, response)
  })
  server.on('connect', (_request, response: Http2ServerResponse) => {
    response.writeHead(403) // https: there is no network in tests
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const { port } = server.address() as AddressInfo // it listens on TCP
  return `https://127.0.0.1:${port}`
}

async function serve(
  partition: string,
  handlerFor: (scheme: string) => Handler | undefined,
  incoming: Http2ServerRequest,
  outgoing: Http2ServerResponse,
): Promise<void> {
  const url = fromChromium(`http://${incoming.authority}${incoming.url}`)
  const refuse = (why: string) => {
    warn(`${partition}: ${incoming.method} ${url}: ${why}`)
    outgoing.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  }
  const handler = handlerFor(url.slice(0, url.indexOf(':')))
  if (!handler) return refuse('no protocol.handle for it in this session')
  const lacking = lackingPrivilege(url, String(incoming.headers['sec-fetch-dest']))
  if (lacking) return refuse(`the scheme lacks the privilege \`${lacking}\``)
  const abort = new AbortController()
  outgoing.once('close', () => abort.abort())
  try {
    const response = await handler(toRequest(url, incoming, abort.signal))
    if (!(response instanceof Response) || response.type === 'error')
      return refuse('the handler gave no Response')
    outgoing.writeHead(response.status, headersOf(response))
    if (response.body)
      Readable.fromWeb(response.body as ReadableStream).pipe(outgoing) // the same class, typed twice
    else outgoing.end()
  } catch (error) {
    if (!abort.signal.aborted) refuse(String(error))
  }
}

/** Chromium refuses these by the kind of request when the scheme was not registered for it. */
function lackingPrivilege(url: string, destination: string): string | null {
  const privileges = privilegesOf(url.slice(0, url.indexOf(':'))) ?? {}
  if (/^(video|audio)$/.test(destination) && !privileges.stream) return 'stream'
  if (destination === 'empty' && !privileges.supportFetchAPI) return 'supportFetchAPI'
  return null
}

function toRequest(url: string, incoming: Http2ServerRequest, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || hiddenFromHandlers.test(name)) continue
    headers.set(name, /^(origin|referer)$/.test(name) ? fromChromium(String(value)) : String(value))
  }
  const { method } = incoming
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal })
  const body = Readable.toWeb(incoming) as unknown as BodyInit // the same class, typed twice
  const streamed = { method, headers, signal, body, duplex: 'half' } // `duplex` is required, and not in the types
  return new Request(url, streamed)
}

function headersOf(response: Response): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of response.headers) {
    if (droppedFromResponses.test(name)) continue
    headers[name] = headersWithAddresses.test(name) ? headerToChromium(value) : value
  }
  return headers
}
