import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { HeldLink } from '../../electron/contract/shares.ts'
import { type ApiFailure, call, failureOf } from '../api.ts'
import { useMaybeMe } from '../me.ts'
import { queryKey, useApi } from '../queries.ts'
import { inOwnWindow } from '../transport.ts'
import type { ShareAddress } from './share-address.ts'

/** How far the way to what a link holds has led. */
export type Opened =
  | { is: 'opening' }
  | { is: 'open'; link: HeldLink }
  | { is: 'refused'; failure: ApiFailure; again: () => void }
  /** it opened, but this browser keeps no cookies: whatever is asked next comes from a stranger */
  | { is: 'unkept'; again: () => void }

/** A link that opened; null where the browser did not keep that. */
type Kept = HeldLink | null

/** A link is looked at anew this often, for what no hint tells: the end of a visitor's session. */
const LOOK_MS = 60_000

/**
 * Opens a link by its token, and follows what becomes of it: its end is seen at once, by a hint or by the clock. Whoever lost it is told why by
 * opening it again, which may ask for a new password. Where the browser keeps no cookies nothing is opened by itself again: each time would be
 * a view.
 */
export function useOpened(by: ShareAddress['by']): Opened {
  const client = useQueryClient()
  const isByToken = 'token' in by
  const token = isByToken ? by.token : ''
  const opening = useQuery<Kept, ApiFailure>({
    queryKey: openKey(token),
    queryFn: async () => keepLink(client, await openLink(token)),
    enabled: isByToken,
    // opened once; what changes afterwards is followed below
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const share = isByToken ? opening.data?.id : by.share
  const refused = opening.error !== null && !isAway(opening.error)
  const link = useApi(
    'shares.get',
    { share: share ?? 0 },
    { enabled: share !== undefined && !refused, refetchInterval: ({ state }) => nextLook(state.data) },
  )
  useNoted(isByToken ? undefined : link.data)
  const isLost = link.error !== null && !isAway(link.error)
  const { refetch } = opening
  useEffect(() => {
    if (!isLost) return
    forgetHeld(client)
    if (isByToken) void refetch()
  }, [isLost, isByToken, client, refetch])

  if (opening.error && (refused || !link.data))
    return { is: 'refused', failure: opening.error, again: () => void refetch() }
  if (opening.data === null) return { is: 'unkept', again: () => void refetch() }
  if (isLost && isByToken) return { is: 'opening' }
  if (link.error && (isLost || !link.data))
    return { is: 'refused', failure: link.error, again: () => void link.refetch() }
  return link.data ? { is: 'open', link: link.data } : { is: 'opening' }
}

/** Whoever shares something is told that it was looked at; where its address was opened, that told it. */
function useNoted(link: HeldLink | undefined): void {
  const me = useMaybeMe()
  const share = me && !me.viewing ? link?.id : undefined
  useEffect(() => {
    // what could not be noted is noted the next time
    if (share !== undefined) call('shares.noteOpened', { share }).catch(() => undefined)
  }, [share])
}

/** The server is out of reach: that says nothing of the link. */
const isAway = (failure: ApiFailure) => failureOf(failure)?.code === 'unavailable'

const openKey = (token: string) => ['opened link', token]

/** Opens a link, and makes sure that this is still known with the next request. Throws what opening throws. */
export async function openLink(token: string, password?: string): Promise<Kept> {
  // no view is used up where it is known before
  if (!inOwnWindow && !navigator.cookieEnabled) return null
  const link = await call('shares.open', { token, ...(password !== undefined && { password }) })
  try {
    await call('shares.get', { share: link.id })
  } catch (error) {
    if (failureOf(error)?.code === 'unauthenticated') return null
    // what else there is to say of it is said when it is looked at
  }
  return link
}

function keepLink(client: QueryClient, link: Kept): Kept {
  if (link) client.setQueryData(queryKey('shares.get', { share: link.id }), link)
  return link
}

/** Notes that a link opened whose password was given elsewhere. */
export function noteOpened(client: QueryClient, by: ShareAddress['by'], link: Kept): void {
  keepLink(client, link)
  if ('token' in by) client.setQueryData(openKey(by.token), link)
}

/** Lets go of what a link showed. */
function forgetHeld(client: QueryClient): void {
  for (const name of ['shares.months', 'shares.month', 'shares.photo'] as const)
    client.removeQueries({ queryKey: [name], type: 'inactive' })
}

function nextLook(link: HeldLink | undefined): number {
  const left = link?.expiresAt ? link.expiresAt - Date.now() : LOOK_MS
  // a moment later, so that it is over by then
  return Math.min(LOOK_MS, Math.max(0, left) + 500)
}
