import { protocol, type Session } from 'electron'
import { APP_SCHEME, isOwnAddress } from './app-address.ts'

/** Tells Chromium of the renderer's scheme; only before `ready`. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

/**
 * Answers the renderer's requests in one window's session, and there alone. To be called before that window loads.
 * @param fetch the web app, for whoever sits at that window
 */
export function serveApp(session: Session, fetch: (request: Request) => Response | Promise<Response>): void {
  session.protocol.handle(APP_SCHEME, (request) =>
    isOwnAddress(request.url) ? fetch(request) : new Response('', { status: 404 }),
  )
}
