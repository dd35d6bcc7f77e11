import { useEffect, useRef } from 'react'
import type { Glimpse } from './use-neighbours.ts'

interface Options {
  /** whether the photo is among those that are leafed through */
  listed: boolean
  previous: Glimpse | null
  next: Glimpse | null
  onShow: (photoId: number) => void
  onClose: () => void
}

/** What the viewer does when a photo leaves its list, and when it is back there. */
export interface Leaving {
  /** gives the photo's place to the next one */
  leave(): void
  /** shows it again, as long as the viewer is there */
  comeBack(photoId: number): void
}

/** A photo that leaves the list gives place to the next one, else to the one before; with the last of them the viewer closes. */
export function useLeaving({ listed, previous, next, onShow, onClose }: Options): Leaving {
  const isOpen = useIsOpen()
  const onward = next ?? previous
  return {
    leave() {
      if (!listed) return
      if (onward) onShow(onward.id)
      else onClose()
    },
    comeBack(photoId) {
      if (isOpen.current) onShow(photoId)
    },
  }
}

/** Whether the viewer is still there, for what is done later. */
function useIsOpen() {
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  return isOpen
}
