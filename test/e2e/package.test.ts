import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { builtinModules, createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { extractAll, listPackage } from '@electron/asar'
import { parseAst } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findElectron } from '../../scripts/electron-runtime.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const runs = promisify(execFile)
const packagable = process.platform === 'linux' || findElectron() !== null

describe.runIf(packagable)('npm run package', () => {
  let output = ''
  /** the archive's contents on disk, far from the repository's node_modules */
  let contents = ''
  let archive = ''
  let packed: string[] = []

  beforeAll(async () => {
    output = await mkdtemp(join(tmpdir(), 'mantel-package-'))
    await runs(process.execPath, [join(root, 'scripts', 'package.ts'), '--output', output])
    archive = globSync(`${output}/**/app.asar`)[0] ?? ''
    contents = join(output, 'contents')
    extractAll(archive, contents)
    packed = listPackage(archive, { isPack: false }).map((path) =>
      path.replaceAll('\\', '/').replace(/^\//, ''),
    )
  })
  afterAll(() => rm(output, { recursive: true, force: true }))

  test('holds the bundles, the migrations and the licence', () => {
    const wanted = [
      'main/main.js',
      'main/media-worker.js',
      'main/walk-worker.js',
      'main/watch-worker.js',
      'preload/preload.cjs',
      'renderer/index.html',
    ]
    expect(packed).toEqual(expect.arrayContaining(wanted.map((file) => `out/${file}`)))
    expect(packed).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'drizzle/meta/_journal.json']))
    const migrations = globSync('drizzle/*.sql', { cwd: root })
    expect(migrations.length).toBeGreaterThan(0)
    expect(packed).toEqual(expect.arrayContaining(migrations.map((file) => file.replaceAll('\\', '/'))))
  })

  test('everything that the main bundles import is inside, or Electron’s own', () => {
    const files = globSync('out/main/**/*.js', { cwd: contents })
    const outside: string[] = []
    const packages = new Set<string>()
    for (const file of files) {
      const resolve = createRequire(join(contents, file)).resolve
      for (const name of importsOf(readFileSync(join(contents, file), 'utf8'))) {
        if (name === 'electron' || name.startsWith('node:') || builtinModules.includes(name)) continue
        if (!name.startsWith('.')) packages.add(name)
        const found = tryTo(() =>
          name.startsWith('.') ? join(contents, dirname(file), name) : resolve(name),
        )
        if (!found || !existsSync(found) || relative(contents, found).startsWith('..'))
          outside.push(`${file}: ${name}`)
      }
    }
    expect([...packages].sort()).toEqual(['@parcel/watcher', 'bcrypt', 'sharp', 'sqlite3'])
    expect(outside).toEqual([])
  })

  test('the packed program works from there: command line, database, passwords, pictures, watching', async () => {
    const data = join(output, 'data')
    const mantel = async (...args: string[]) => {
      const child = runs(process.execPath, [
        join(contents, 'out/main/cli.js'),
        '--json',
        '--data',
        data,
        ...args,
      ])
      child.child.stdin?.end('lovelace engine 1843\n')
      return JSON.parse((await child).stdout)
    }
    await mantel('users', 'add', 'ada', '--superadmin', '--password-stdin')
    expect(await mantel('users', 'ls')).toMatchObject({ accounts: [{ username: 'ada' }] })
    const draws = `const sharp = require('sharp'); sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .webp().toBuffer().then((bytes) => console.log(bytes.length > 0))`
    const drawn = await runs(process.execPath, ['-e', draws], { cwd: contents })
    expect(drawn.stdout.trim()).toBe('true')
    const watches = `const { subscribe } = require('@parcel/watcher')
      subscribe('.', () => {}).then((one) => one.unsubscribe()).then(() => console.log('watched'))`
    const watched = await runs(process.execPath, ['-e', watches], { cwd: contents })
    expect(watched.stdout.trim()).toBe('watched')
  })

  test('native modules and libvips lie beside the archive, where the system can load them', () => {
    const native = packed.filter((path) => /\.(node|so(\.[\d.]+)?|dylib|dll)$/.test(path))
    for (const name of ['node_sqlite3.node', 'bcrypt', 'sharp-', 'libvips', 'watcher.node']) {
      expect(native.filter((path) => path.includes(name))).not.toEqual([])
    }
    for (const path of native) expect(existsSync(join(`${archive}.unpacked`, path)), path).toBe(true)
    const foreign = native.filter(
      (path) => /darwin|win32|linux/.test(path) && !path.includes(process.platform),
    )
    expect(foreign).toEqual([])
  })

  test('sources, build tools and development packages stay out', () => {
    const packages = new Set(
      packed.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
    )
    const unexpected = [...packages].filter(
      (name) => !/^(@(img|parcel)(\/.*)?|bcrypt|sqlite3|sharp)$/.test(name),
    )
    expect(unexpected.sort()).toEqual([
      'bindings',
      'detect-libc',
      'file-uri-to-path',
      'is-extglob',
      'is-glob',
      'node-gyp-build',
      'picomatch',
      'semver',
    ])
    const sources = packed.filter((path) =>
      /\.(ts|tsx|c|cc|cpp|h|gyp|gypi|o|a|map)$|\/(deps|obj\.target|Makefile|Dockerfile|test)(\/|$)/.test(
        path,
      ),
    )
    expect(sources).toEqual([])
    expect(packed.filter((path) => /^(electron|renderer|test|scripts|docs)\//.test(path))).toEqual([])
  })

  test('the program’s fuses are set', () => {
    const executable =
      globSync(`${output}/{*-unpacked/mantel,mac*/*.app/Contents/MacOS/*,*-unpacked/*.exe}`)[0] ?? ''
    const bytes = readFileSync(executable)
    const wire = bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
    // one character each, from @electron/fuses: run as Node, encrypt cookies, NODE_OPTIONS, inspect, check the archive, only the archive
    expect(bytes.subarray(wire + 34, wire + 40).toString()).toBe('010011')
  })
})

/** What a module imports or requires by a literal name, wherever in it; comments and other texts do not count. */
function importsOf(code: string): string[] {
  const names: string[] = []
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const {
      type,
      source,
      callee,
      arguments: given,
    } = node as Record<string, { value?: unknown; name?: unknown }> // ESTree
    const isRequire = String(type) === 'CallExpression' && callee?.name === 'require' && Array.isArray(given)
    const name = isRequire ? given[0]?.value : source?.value
    if (typeof name === 'string') names.push(name)
    Object.values(node).forEach(look)
  }
  look(parseAst(code))
  return names
}

function tryTo<T>(action: () => T): T | null {
  try {
    return action()
  } catch {
    return null
  }
}
