import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isReachable, onReachableChange, useReachable } from './connection.ts'
import { transport } from './transport.ts'

const RETRY_MS = 3000

/** While the server is out of reach, tries it again; once it answers, everything on screen is asked anew. */
export function useReconnect(): void {
  const client = useQueryClient()
  const reachable = useReachable()
  useEffect(() => {
    if (reachable) return
    // the transport notes the answer; that ends this effect
    const timer = setInterval(() => void transport.call('setup.status', {}), RETRY_MS)
    return () => clearInterval(timer)
  }, [reachable])
  useEffect(
    () =>
      onReachableChange(() => {
        if (isReachable()) void client.invalidateQueries()
      }),
    [client],
  )
}
