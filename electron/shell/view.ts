import { randomUUID } from 'node:crypto'
import { type Session, session, WebContentsView } from 'electron'
import { APP_ADDRESS, isOwnAddress } from '../doors/app-address.ts'
import { serveApp } from '../doors/app-protocol.ts'
import { mayHavePermission } from './permissions.ts'

/** Answers a page's requests: the web app, for whoever sits at the window. */
export type Serve = (request: Request) => Response | Promise<Response>

/**
 * A page with the renderer in a session of its own, which lives in memory and ends with it: nothing that one account
 * saw is there for the next. It can reach nothing but `serve`, and go nowhere else.
 * @param preload absolute path of the built preload
 * @param background colour that is shown until the page paints
 */
export function createView(serve: Serve, preload: string, background: string): WebContentsView {
  const partition = session.fromPartition(`visit-${randomUUID()}`) // without `persist:`, hence in memory
  restrictPermissions(partition)
  serveApp(partition, serve)
  const view = new WebContentsView({
    webPreferences: {
      preload,
      session: partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  view.setBackgroundColor(background)
  denyLeaving(view)
  return view
}

/** Loads the renderer at a path of its own; a page that was replaced before it came is no failure. */
export async function loadRenderer({ webContents }: WebContentsView, path: string): Promise<void> {
  try {
    await webContents.loadURL(new URL(path, APP_ADDRESS).href)
  } catch (error) {
    if (!webContents.isDestroyed()) throw error
  }
}

function restrictPermissions(partition: Session): void {
  partition.setPermissionRequestHandler((_page, permission, decide, { isMainFrame, requestingUrl }) =>
    decide(isMainFrame && mayHavePermission(permission, requestingUrl)),
  )
  partition.setPermissionCheckHandler(
    (_page, permission, origin, { isMainFrame }) => isMainFrame && mayHavePermission(permission, origin),
  )
}

function denyLeaving({ webContents }: WebContentsView): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnAddress(event.url)) event.preventDefault()
  })
  webContents.on('will-redirect', (event, url) => {
    if (!isOwnAddress(url)) event.preventDefault()
  })
}
