import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Photo } from '../../../electron/contract/photos.ts'
import { useListPlace } from '../photo-list.ts'
import { photoQuery } from '../photo-query.ts'

/** What is known of a photo by now, waited for where a key was quicker than the answer. */
export function useFacts(id: number): () => Promise<Photo> {
  const client = useQueryClient()
  const { list } = useListPlace()
  return useCallback(() => client.ensureQueryData(photoQuery(list, id)), [client, list, id])
}
