import { useSyncExternalStore } from 'react'

let reachable = true
const listeners = new Set<() => void>()

/** Notes whether the server answered last time it was asked. */
export function setReachable(value: boolean): void {
  if (reachable === value) return
  reachable = value
  for (const listener of listeners) listener()
}

export const isReachable = () => reachable

/** Calls back on every change; returns the function that ends it. */
export function onReachableChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True while the server answers. */
export const useReachable = () => useSyncExternalStore(onReachableChange, isReachable)
