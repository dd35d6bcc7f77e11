/** The time, as epoch milliseconds (UTC). Handed to whatever depends on it, so tests can move it. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()
