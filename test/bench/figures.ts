/** The value below which `share` (0 to 1) of the samples lie. */
function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** `p50 1.2 ms · p95 3.4 ms · max 5.6 ms (n 100)` */
export function spread(samples: readonly number[]): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`
  const [p50, p95, max] = [percentile(samples, 0.5), percentile(samples, 0.95), Math.max(...samples)]
  return `p50 ${ms(p50)} · p95 ${ms(p95)} · max ${ms(max)} (n ${samples.length})`
}
