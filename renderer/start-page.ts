import { useLayoutEffect } from 'react'
import { useLocation } from 'wouter'
import { useMe } from './me.ts'

/** A page is loaded once; later visits of `/` are somebody's wish to see the photos. */
let isArriving = true

/** Opens the start page somebody chose, where Mantel was opened without an address and not just loaded again. */
export function useStartPage(): void {
  const { account, may, preferences } = useMe()
  const [location, navigate] = useLocation()
  useLayoutEffect(() => {
    if (!isArriving || account.mustChangePassword) return
    isArriving = false
    if (location === '/' && wasOpened() && may.administer && preferences.startPage === 'admin')
      navigate('/admin', { replace: true })
  }, [account, may, preferences, location, navigate])
}

function wasOpened(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return entry instanceof PerformanceNavigationTiming && entry.type === 'navigate'
}
