import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isKnown } from './range.ts'
import { PAGE_HEADERS } from './security-headers.ts'

/** The addresses that show the interface; the renderer's own router takes over there. */
const PAGE_ROUTES = [
  /^\/$/,
  /^\/photo\/[1-9]\d*$/,
  // lists of photos, and a photo in one
  /^\/(favourites|recent|on-this-day|archive|private|offline|failed)(\/photo\/[1-9]\d*)?$/,
  /^\/rated\/[1-5](\/photo\/[1-9]\d*)?$/,
  /^\/(albums|tags)(\/[1-9]\d*(\/photo\/[1-9]\d*)?)?$/,
  /^\/albums\/deleted$/,
  /^\/folders(\/[1-9]\d*(\/all)?(\/photo\/[1-9]\d*)?)?$/,
  // what a link holds: for whoever has its address, and for accounts that opened it
  /^\/s\/[A-Za-z0-9_-]{1,200}(\/photo\/[1-9]\d*)?$/,
  /^\/shared(\/[1-9]\d*(\/photo\/[1-9]\d*)?)?$/,
  /^\/shared\/(mine|everyone)$/,
  /^\/library$/,
  /^\/preferences(\/security)?$/,
  /^\/sign-up$/,
  /^\/jobs$/,
  /^\/admin$/,
]

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

interface RendererFile {
  bytes: Buffer
  type: string
  etag: string
  /** its name holds a hash of its contents */
  hashed: boolean
}

/** The built renderer, by the address each file is served at. */
export type RendererFiles = ReadonlyMap<string, RendererFile>

/**
 * Reads the whole built renderer (one or two megabytes). What is served is what was found here and nothing else: an address
 * is looked up as it stands, so no spelling of it can lead out of the folder. Empty where there is no such folder.
 */
export async function readRendererFiles(folder: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>()
  async function enter(directory: string, address: string) {
    const entries = await readdir(directory, { withFileTypes: true })
    for (const entry of entries) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) await enter(path, `${address}${entry.name}/`)
      else if (entry.isFile())
        files.set(`${address}${entry.name}`, await readOne(path, address === '/assets/'))
    }
  }
  await enter(folder, '/').catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  })
  return files
}

async function readOne(path: string, hashed: boolean): Promise<RendererFile> {
  const bytes = await readFile(path)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, type: TYPES[extname(path)] ?? 'application/octet-stream', etag, hashed }
}

/**
 * The built renderer: `out/renderer`, looked for upwards from this code, which lies in `electron/doors` or in `out/main` and its
 * chunks. Without a build there is none, and pages answer 404.
 */
export function findRendererFolder(): string {
  const start = dirname(fileURLToPath(import.meta.url))
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'out', 'renderer')
    if (existsSync(join(candidate, 'index.html')) || folder === dirname(folder)) return candidate
  }
}

/** Whether the interface or one of its files stands at this address. */
export const isRendererAddress = (files: RendererFiles, path: string): boolean =>
  files.has(path) || PAGE_ROUTES.some((route) => route.test(path))

/** A page with tags of its own in its head, in front of its title. */
function withTags(page: RendererFile, tags: string): Buffer {
  const [before = '', ...after] = page.bytes.toString().split('<title>')
  return Buffer.from([before + tags, ...after].join('<title>'))
}

/**
 * Answers with the interface or one of its files. A person who followed a wrong address sees the interface too, with 404;
 * null for everything else that does not exist.
 * @param tags HTML for the head of this page alone, which is then left in no cache
 */
export function serveRenderer(files: RendererFiles, request: Request, tags = ''): Response | null {
  const path = new URL(request.url).pathname
  const known = isRendererAddress(files, path)
  const wantsPage = request.headers.get('accept')?.includes('text/html') ?? false
  const file = files.get(path) ?? (known || wantsPage ? files.get('/index.html') : undefined)
  if (!file) return null
  const bytes = tags === '' ? file.bytes : withTags(file, tags)
  const headers = new Headers({
    ...PAGE_HEADERS,
    'cache-control': file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-length': String(bytes.byteLength),
    'content-type': file.type,
    etag: file.etag,
  })
  if (tags !== '') {
    headers.set('cache-control', 'no-store')
    headers.delete('etag')
  } else if (known && isKnown(request.headers.get('if-none-match'), file.etag)) {
    headers.delete('content-length')
    return new Response(null, { status: 304, headers })
  }
  const body = request.method === 'HEAD' ? null : new Uint8Array(bytes)
  return new Response(body, { status: known ? 200 : 404, headers })
}
