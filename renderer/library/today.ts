import { useSyncExternalStore } from 'react'

/** Longest wait between two looks at the clock, milliseconds: a computer that slept, or changed its zone, is noticed that soon. */
const LOOK_MS = 60_000

/** `MM-DD` by the clock of whoever looks. */
export function today(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** Calls back when another day begins, on time at midnight; returns the function that ends it. */
export function onNextDay(listener: () => void): () => void {
  let day = today()
  let timer: ReturnType<typeof setTimeout>
  const look = () => {
    if (today() !== day) {
      day = today()
      listener()
    }
    timer = setTimeout(look, Math.min(LOOK_MS, untilMidnight(new Date())))
  }
  look()
  return () => clearTimeout(timer)
}

/** Milliseconds; days are longer or shorter where clocks are put forward or back. */
const untilMidnight = (now: Date) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime()

/** Today as {@link today} says it, followed past midnight. */
export const useToday = () => useSyncExternalStore(onNextDay, () => today())
