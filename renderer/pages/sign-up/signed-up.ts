import { useHistoryState } from 'wouter/use-browser-location'

interface SignedUp {
  username: string
  name: string
}

/** What the sign-up page leaves for the login page in the window's history. */
export const signedUpState = (account: SignedUp) => ({ signedUp: account })

/** Who has just signed up in this window, or null. */
export function useSignedUp(): SignedUp | null {
  const state: unknown = useHistoryState()
  const isSignedUp = typeof state === 'object' && state !== null && 'signedUp' in state
  // the history belongs to this origin, and only `signedUpState` writes that key
  return isSignedUp ? (state as ReturnType<typeof signedUpState>).signedUp : null
}
