/**
 * `npm test`: everything that can be tested on this machine, in order: types, lint, build, unit, household and integration tests, end-to-end tests (with a
 * browser that is installed where none is found). Ends with one line that counts the tests of all suites.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'mantel-reports-'))
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

function run(command: string, args: string[]): boolean {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status === 0
}

/** Runs one vitest project; its counts are read from the report it writes. */
function suite(project: string) {
  const file = join(reports, `${project}.json`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const ok = run(process.execPath, [vitest, 'run', '--project', project, ...report])
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'))
  return { ok, passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
}

const before =
  run(npm, ['run', '-s', 'types']) && run(npm, ['run', '-s', 'lint']) && run(npm, ['run', '-s', 'build'])
const browser = run(process.execPath, ['scripts/ensure-browser.ts'])
const suites = [suite('unit'), suite('household'), suite('integration'), ...(browser ? [suite('e2e')] : [])]
rmSync(reports, { recursive: true, force: true })

const sum = (key: 'passed' | 'failed' | 'skipped') => suites.reduce((total, one) => total + one[key], 0)
console.log(`Tests: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
if (!before) console.error('types, lint or build failed: see above')
if (!browser) console.error('no browser for the end-to-end tests: see above')
process.exitCode = before && browser && suites.every((one) => one.ok) ? 0 : 1
