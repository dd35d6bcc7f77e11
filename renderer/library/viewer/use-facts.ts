import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Photo } from '../../../electron/contract/photos.ts'
import { call } from '../../api.ts'
import { queryKey } from '../../queries.ts'

/** What is known of a photo, waited for where a key was quicker than the answer. */
export function useFacts(id: number, photo: Photo | undefined): () => Promise<Photo> {
  const client = useQueryClient()
  return useCallback(
    async () =>
      photo ??
      client.fetchQuery({
        queryKey: queryKey('photos.get', { id }),
        queryFn: () => call('photos.get', { id }),
      }),
    [client, id, photo],
  )
}
