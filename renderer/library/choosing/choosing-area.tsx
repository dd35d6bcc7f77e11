import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { PhotoAction } from '../../../electron/contract/photos.ts'
import type { BulkWork } from '../bulk/bulk-area.tsx'

/** What photos are chosen for. */
export interface ChoosingFor {
  /** the album's */
  title: string
  /** its page, where one is again afterwards */
  path: string
  /** what may be done with photos that may be put there */
  action: PhotoAction
  /** puts them there */
  work: (ids: readonly number[]) => BulkWork
}

interface Choosing {
  wanted: ChoosingFor | null
  /** leads to one's photos, which are chosen from until that is ended */
  begin(wanted: ChoosingFor): void
  /** leads back */
  end(): void
}

const ChoosingContext = createContext<Choosing | null>(null)

/** Photos chosen for an album: `const { begin } = useChoosing()`. */
export function useChoosing(): Choosing {
  const choosing = useContext(ChoosingContext)
  if (!choosing) throw new Error('useChoosing is for pages inside the ChoosingArea')
  return choosing
}

/** For what photos are chosen, if for anything; null also outside of the household's pages. */
export const useChoosingFor = (): ChoosingFor | null => useContext(ChoosingContext)?.wanted ?? null

/** Keeps for what photos are chosen, from whichever list. */
export function ChoosingArea({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState<ChoosingFor | null>(null)
  const [location, navigate] = useLocation()
  const [left, setLeft] = useState(false)
  // whoever comes back to the album by themselves has given it up
  if (wanted && left === (location === wanted.path)) {
    setLeft(!left)
    if (left) setWanted(null)
  }
  const choosing = useMemo(
    () => ({
      wanted,
      begin(next: ChoosingFor) {
        setWanted(next)
        setLeft(false)
        navigate('/')
      },
      end() {
        setWanted(null)
        if (wanted) navigate(wanted.path)
      },
    }),
    [wanted, navigate],
  )
  return <ChoosingContext value={choosing}>{children}</ChoosingContext>
}
