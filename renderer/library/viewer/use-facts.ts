import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Photo } from '../../../electron/contract/photos.ts'
import { call } from '../../api.ts'
import { queryKey } from '../../queries.ts'

/** What is known of a photo by now, waited for where a key was quicker than the answer. */
export function useFacts(id: number): () => Promise<Photo> {
  const client = useQueryClient()
  return useCallback(
    () =>
      client.ensureQueryData({
        queryKey: queryKey('photos.get', { id }),
        queryFn: () => call('photos.get', { id }),
      }),
    [client, id],
  )
}
