import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute, useSearch } from 'wouter'
import type { Me } from '../electron/contract/session.ts'
import { EmptyState, ErrorState } from './components/state.tsx'
import { useReachable } from './connection.ts'
import { applyDateFormat } from './format.ts'
import { applyLanguage } from './i18n.ts'
import { MeContext } from './me.ts'
import { LockPage } from './pages/login/lock-page.tsx'
import { LoginPage } from './pages/login/login-page.tsx'
import { applyHint, useApi } from './queries.ts'
import { followOtherTabs, isLoggingIn, neverComeBack, startAgain } from './session-change.ts'
import { useShareAddress } from './shares/share-address.ts'
import { applyTheme } from './theme.ts'
import { transport } from './transport.ts'

const FirstRunPage = lazy(() =>
  import('./pages/first-run/first-run-page.tsx').then((module) => ({ default: module.FirstRunPage })),
)
const SignUpPage = lazy(() =>
  import('./pages/sign-up/sign-up-page.tsx').then((module) => ({ default: module.SignUpPage })),
)
const VisitorPage = lazy(() =>
  import('./shares/visitor-page.tsx').then((module) => ({ default: module.VisitorPage })),
)
const Household = lazy(() => import('./household.tsx').then((module) => ({ default: module.Household })))

/** Decides from session.me and setup.status alone what a visitor gets: set-up, login, a locked session's login, or the household. */
export function Gate() {
  useEffect(followOtherTabs, [])
  useEffect(neverComeBack, [])
  const me = useApi('session.me', {})
  const firstAccount = useRef<number>(undefined)
  const loggedOut = me.error?.error.code === 'unauthenticated'
  const other = me.data && firstAccount.current && me.data.account.id !== firstAccount.current

  useEffect(() => {
    if ((loggedOut && firstAccount.current) || other) startAgain()
    else if (me.data) firstAccount.current = me.data.account.id
  }, [loggedOut, other, me.data])

  if (other || (loggedOut && me.data)) return null
  if (me.data) return <LoggedIn me={me.data} />
  if (loggedOut) return me.error?.error.reason === 'session_locked' ? <LockPage /> : <Visitor />
  if (me.error) return <Unreachable error={me.error} onRetry={() => void me.refetch()} />
  return null
}

function LoggedIn({ me }: { me: Me }) {
  const client = useQueryClient()
  useEffect(() => transport.subscribe((hint) => applyHint(client, hint)), [client])
  useEffect(() => applyTheme(me.preferences.theme), [me.preferences.theme])
  useEffect(() => applyLanguage(me.preferences.language), [me.preferences.language])
  useEffect(() => applyDateFormat(me.preferences.dateFormat), [me.preferences.dateFormat])
  return (
    <MeContext value={me}>
      <Suspense fallback={null}>
        {me.onboarding && !me.account.mustChangePassword ? <FirstRunPage /> : <Household />}
      </Suspense>
    </MeContext>
  )
}

function Visitor() {
  const shared = useShareAddress()
  const loggingIn = isLoggingIn(useSearch())
  if (shared && 'token' in shared.by && !loggingIn)
    return (
      <Suspense fallback={null}>
        <VisitorPage key={shared.path} at={shared} />
      </Suspense>
    )
  return <Unknown />
}

/** Somebody without a session and without a link. */
function Unknown() {
  const status = useApi('setup.status', {})
  const [signingUp] = useRoute('/sign-up')
  if (status.data && !status.data.open && signingUp)
    return (
      <Suspense fallback={null}>
        <SignUpPage open={status.data.registration} />
      </Suspense>
    )
  if (status.data)
    return status.data.open ? (
      <Suspense fallback={null}>
        <FirstRunPage />
      </Suspense>
    ) : (
      <LoginPage />
    )
  if (status.error) return <Unreachable error={status.error} onRetry={() => void status.refetch()} />
  return null
}

/** Where the first answer never came. */
function Unreachable({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  if (useReachable()) return <ErrorState error={error} onRetry={onRetry} />
  return (
    <EmptyState isPage title={t('connection.firstTitle')}>
      {t('connection.firstText')}
    </EmptyState>
  )
}
