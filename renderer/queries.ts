import {
  MutationCache,
  QueryClient as Queries,
  QueryCache,
  type QueryClient,
  type UseMutationOptions,
  type UseQueryOptions,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import type { Input, Output, ProcedureName } from '../electron/contract/contract.ts'
import type { ClientHint, Topic } from '../electron/contract/events.ts'
import { type ApiFailure, call, failureOf } from './api.ts'

/** What tells of photos and of what was added to them. */
const PHOTO_LISTS = [
  'timeline.months',
  'timeline.month',
  'library.shelves',
  'photos.get',
  'photos.seenWhenHidden',
  'shares.showing',
  'tags.list',
  'albums.list',
  'albums.get',
  'albums.removed',
] as const satisfies readonly ProcedureName[]

/** Which procedures' answers may be out of date after a hint. */
const READS: Record<Topic, readonly ProcedureName[]> = {
  library: [
    ...PHOTO_LISTS,
    'folders.tree',
    'folders.list',
    'accounts.list',
    'accounts.removed',
    'accounts.preview',
  ],
  overlay: PHOTO_LISTS,
  jobs: ['jobs.list', 'jobs.failures', 'backup.list'],
  accounts: [
    'accounts.list',
    'accounts.removed',
    'storage.usage',
    'accounts.preview',
    'shares.people',
    'folders.list',
    'photos.get',
    'photos.seenWhenHidden',
    'shares.showing',
    'session.me',
  ],
  folders: [
    'folders.tree',
    'folders.list',
    'storage.usage',
    'folders.browse',
    'accounts.list',
    'accounts.removed',
    'accounts.preview',
    ...PHOTO_LISTS,
    'session.me',
  ],
  shares: [
    'shares.list',
    'shares.overview',
    'shares.showing',
    'shares.withMe',
    'shares.get',
    'shares.months',
    'shares.month',
    'shares.photo',
  ],
  uploads: ['uploads.list', 'shares.list', 'shares.overview'],
  settings: [
    'settings.get',
    'settings.library',
    'settings.advanced',
    'settings.backup',
    'settings.lan',
    'lan.status',
    'backup.list',
    'session.me',
  ],
  storage: ['storage.usage'],
  lan: ['lan.status'],
  session: ['session.me', 'sessions.list', 'totp.status', 'appPasswords.list', ...PHOTO_LISTS, 'audit.own'],
  audit: ['audit.list'],
}

/** The key under which a procedure's answer is kept. */
export const queryKey = <N extends ProcedureName>(name: N, input: Input<N>) => [name, input] as const

/** One cache for the window. Nothing but who is here is refetched by a timer: hints say when something changed. */
export function createQueryClient(): QueryClient {
  const noticeEnd = (error: Error) => {
    const me = queryKey('session.me', {})
    // the session ended while its pages were open; session.me then shows it to the gate
    if (failureOf(error)?.code === 'unauthenticated' && client.getQueryState(me)?.status === 'success')
      void client.invalidateQueries({ queryKey: me })
  }
  const client: QueryClient = new Queries({
    queryCache: new QueryCache({ onError: noticeEnd }),
    mutationCache: new MutationCache({ onError: noticeEnd }),
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: 60_000, refetchOnWindowFocus: true },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  return client
}

/** Marks what a hint touches as out of date; what is on screen is asked again at once. */
export function applyHint(client: QueryClient, hint: ClientHint): void {
  for (const name of READS[hint.topic]) void client.invalidateQueries({ queryKey: [name] })
}

type QueryExtras<N extends ProcedureName, S> = Omit<
  UseQueryOptions<Output<N>, ApiFailure, S, ReturnType<typeof queryKey<N>>>,
  'queryKey' | 'queryFn'
>

/** A procedure's answer, kept fresh by hints: `const { data, error } = useApi('accounts.list', {})`. */
export function useApi<N extends ProcedureName, S = Output<N>>(
  name: N,
  input: Input<N>,
  extras?: QueryExtras<N, S>,
) {
  return useQuery({ ...extras, queryKey: queryKey(name, input), queryFn: () => call(name, input) })
}

/** A procedure that changes something: `const create = useApiAction('accounts.create')`. */
export function useApiAction<N extends ProcedureName>(
  name: N,
  extras?: Omit<UseMutationOptions<Output<N>, ApiFailure, Input<N>>, 'mutationFn'>,
) {
  return useMutation({ ...extras, mutationFn: (input: Input<N>) => call(name, input) })
}
