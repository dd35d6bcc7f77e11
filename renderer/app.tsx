import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { Boundary } from './components/boundary.tsx'
import { Gate } from './gate.tsx'
import { createQueryClient } from './queries.ts'
import { useReconnect } from './use-reconnect.ts'

/** The whole window: the query cache, and behind it whatever the visitor may see. */
export function App() {
  const [client] = useState(createQueryClient)
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <Connected />
      </QueryClientProvider>
    </CSPProvider>
  )
}

/** Tries a server again that is out of reach, also where nothing else could be shown. */
function Connected() {
  useReconnect()
  return (
    <Boundary>
      <Gate />
    </Boundary>
  )
}
