#!/usr/bin/env node
// Nothing is imported up here: an older Node would fail on it before it could be told what it needs.
const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(`mantel: needs Node ${NEEDED} or later; this is ${process.versions.node}`)
  process.exitCode = 1
} else {
  // first of all, since it sizes the thread pool
  await import('./lib/thread-pool.ts')
  const { run } = await import('./cli/program.ts')
  process.exitCode = await run(process.argv.slice(2))
}

export {}
