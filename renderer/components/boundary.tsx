import { type ReactNode, useEffect, useRef } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { useTranslation } from 'react-i18next'
import { useReachable } from '../connection.ts'
import { transport } from '../transport.ts'
import { Button } from './button.tsx'
import { EmptyState } from './state.tsx'

interface BoundaryProps {
  /** what is shown inside; with something else it is tried again */
  at?: string
  children: ReactNode
}

/** Keeps a page that breaks, or whose code can't be fetched, from taking along what is around it: that is said in its place. */
export function Boundary({ at, children }: BoundaryProps) {
  return (
    <ErrorBoundary FallbackComponent={Broken} resetKeys={[at]}>
      {children}
    </ErrorBoundary>
  )
}

function Broken() {
  const { t } = useTranslation()
  const reachable = useReachable()
  const wasAway = useRef(false)
  // code that was not to be had does not tell whether the server is gone; the transport notes what this finds
  useEffect(() => void transport.call('setup.status', {}), [])
  useEffect(() => {
    if (!reachable) wasAway.current = true
    else if (wasAway.current) location.reload()
  }, [reachable])
  return (
    <div role="alert">
      <EmptyState
        isPage
        title={t('broken.title')}
        action={<Button onClick={() => location.reload()}>{t('broken.again')}</Button>}
      >
        {reachable ? t('broken.text') : t('connection.firstText')}
      </EmptyState>
    </div>
  )
}
