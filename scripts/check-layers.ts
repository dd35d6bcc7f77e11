/**
 * The house's one-way doors: which folder may import which (docs/architecture.md, "Dependencies"). Reads every source file's
 * imports and fails, naming each that goes the wrong way.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Folder (or file) → what it may import inside the house. Its own folder is always allowed. */
const MAY_IMPORT: Record<string, string[]> = {
  'electron/contract': [],
  'electron/lib': ['electron/contract'],
  'electron/db': ['electron/lib', 'electron/contract'],
  'electron/access': ['electron/db', 'electron/lib', 'electron/contract'],
  'electron/workers': ['electron/domain/media', 'electron/lib', 'electron/contract'],
  'electron/domain/media': ['electron/lib', 'electron/contract', 'electron/workers'],
  'electron/domain': [
    'electron/access',
    'electron/db',
    'electron/lib',
    'electron/contract',
    'electron/workers',
  ],
  'electron/api': ['electron/access', 'electron/domain', 'electron/db', 'electron/lib', 'electron/contract'],
  'electron/doors': [
    'electron/api',
    'electron/core.ts',
    'electron/access/principal.ts',
    'electron/lib',
    'electron/contract',
  ],
  'electron/shell': [
    'electron/doors',
    'electron/core.ts',
    'electron/workers',
    'electron/lib',
    'electron/contract',
  ],
  'electron/cli': [
    'electron/headless.ts',
    'electron/core.ts',
    'electron/maintenance.ts',
    'electron/doors',
    'electron/workers',
    'electron/db/lock.ts',
    'electron/db/errors.ts',
    'electron/demo',
    'electron/lib',
    'electron/contract',
  ],
  'electron/demo': ['electron/core.ts', 'electron/lib', 'electron/contract'],
  'electron/preload.ts': ['electron/contract'],
  renderer: ['electron/contract'],
}

/** Compositions at the top: main, headless, cli, core and its parts. They may import anything in electron/. */
const COMPOSE = /^electron\/(main|headless|cli|core|household|swappable|maintenance)\.ts$/

/** The only files that may import Electron itself. */
const MAY_IMPORT_ELECTRON = /^electron\/(main\.ts|preload\.ts|shell\/|doors\/(ipc|app-protocol)\.ts)/

/** `import type … from 'x'`, `import … from 'x'`, `export … from 'x'`, `import('x')`, `import 'x'`. */
const IMPORT = /(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|import\s*()\(?\s*'([^']+)'/g

/** What the renderer may import to run, not only for its types: zod probes `eval`, which the page's policy forbids. */
const ZOD_FREE =
  /^electron\/contract\/(values|events|audit-actions|overlay-document|import-tally|wall-clock)\.ts$/

const roomOf = (file: string) =>
  Object.keys(MAY_IMPORT)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0]

const inside = (file: string, place: string) => file === place || file.startsWith(`${place}/`)

const problems: string[] = []
const files = globSync('{electron,renderer}/**/*.{ts,tsx}', { cwd: root }).map((file) =>
  file.split(sep).join('/'),
)
for (const file of files) {
  if (/\.test\.tsx?$/.test(file)) continue
  const text = readFileSync(join(root, file), 'utf8')
  for (const [, typeOnly, named, , bare] of text.matchAll(IMPORT)) {
    const specifier = named ?? bare ?? ''
    if (specifier === 'electron' && !MAY_IMPORT_ELECTRON.test(file)) problems.push(`${file} imports electron`)
    if (!specifier.startsWith('.') || COMPOSE.test(file)) continue
    const target = normalize(join(dirname(file), specifier))
      .split(sep)
      .join('/')
    // the version that the command line tells
    if (target === 'package.json') continue
    const room = roomOf(file)
    if (!room) problems.push(`${file} lies in no room that scripts/check-layers.ts knows`)
    else if (room === 'renderer' && target.startsWith('electron/') && !typeOnly && !ZOD_FREE.test(target))
      problems.push(`${file} brings zod into the page by importing ${target}`)
    else if (!inside(target, room) && !MAY_IMPORT[room]?.some((place) => inside(target, place)))
      problems.push(`${file} imports ${target}`)
  }
}
for (const problem of problems) console.error(`wrong way: ${problem}`)
if (problems.length > 0) process.exitCode = 1
else console.log(`layers: ${files.length} files look the right way`)
