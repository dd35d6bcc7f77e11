import { readdirSync, readFileSync } from 'node:fs'

const SAMPLE_MS = 50

/** Bytes: the server's own process, and all processes together. */
export interface Peak {
  main: number
  all: number
}

/**
 * Samples the resident memory of a process and its descendants from /proc (Linux) until `stop`. Pages that processes share count in
 * each of them, so `all` is rather too high.
 */
export function watchMemory(pid: number): { stop(): Peak } {
  const peak: Peak = { main: 0, all: 0 }
  const timer = setInterval(() => {
    const all = familyOf(pid).map(residentBytes)
    peak.main = Math.max(peak.main, all[0] ?? 0)
    peak.all = Math.max(
      peak.all,
      all.reduce((sum, bytes) => sum + bytes, 0),
    )
  }, SAMPLE_MS)
  return {
    stop() {
      clearInterval(timer)
      return peak
    },
  }
}

function familyOf(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  )
  const family = [pid]
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  return family
}

/** The name in brackets may hold anything; what follows the last bracket is state and parent (proc(5)). */
function parentOf(pid: string): number {
  const stat = read(`/proc/${pid}/stat`)
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
}

/** Empty for a process that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
