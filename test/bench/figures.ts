/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The one in the middle. */
export const median = (samples: readonly number[]) => percentile(samples, 0.5)

/** `p50 1.2 ms · p95 3.4 ms · max 5.6 ms (n 100)` */
export function spread(samples: readonly number[]): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const [p50, p95, max] = [percentile(samples, 0.5), percentile(samples, 0.95), Math.max(...samples)]
  return `p50 ${ms(p50)} · p95 ${ms(p95)} · max ${ms(max)} (n ${samples.length})`
}

/** `6.2 s (6.0 6.2 6.9)`: the median, and every run. */
export function runs(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(2)} s (${seconds.map((value) => value.toFixed(2)).join(' ')})`
}

/** Prints a figure with its goal beside it. */
export function tell(what: string, figure: string, goal?: string): void {
  console.log(`${what.padEnd(46)} ${figure}${goal === undefined ? '' : `   goal: ${goal}`}`)
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
