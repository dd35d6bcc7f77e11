import { useCallback, useRef } from 'react'
import { useFailureText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'

export interface Changes {
  /** Does what changes something, and says so with the way back; what goes wrong is told instead. Answers whether it was done. */
  make(change: () => Promise<Made | null>): Promise<boolean>
  /** Takes the last change back that was not taken back yet; nothing where there is none. */
  undo(): void
}

interface Made {
  /** says what happened */
  text: string
  undo: () => Promise<unknown>
}

/** The changes made in the viewer, each of which can be taken back: by the message that tells of it, or by a key, the last one first. */
export function useChanges(): Changes {
  const toast = useToast()
  const failureText = useFailureText()
  const waysBack = useRef<(() => void)[]>([])
  /** takes the last message off: one at a time, so that a row of them does not cover the picture */
  const quieten = useRef<(() => void) | null>(null)

  const make = useCallback(
    async (change: () => Promise<Made | null>) => {
      const tell = (error: unknown) => void toast(failureText(error), { bad: true })
      try {
        const made = await change()
        if (!made) return true
        const goBack = () => {
          if (!waysBack.current.includes(goBack)) return
          waysBack.current = waysBack.current.filter((each) => each !== goBack)
          close()
          made.undo().catch(tell)
        }
        quieten.current?.()
        const close = toast(made.text, { onUndo: goBack })
        quieten.current = close
        waysBack.current.push(goBack)
        return true
      } catch (error) {
        tell(error)
        return false
      }
    },
    [toast, failureText],
  )
  const undo = useCallback(() => waysBack.current.at(-1)?.(), [])
  return { make, undo }
}
