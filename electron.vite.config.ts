import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Package managers link a `bin` file as it is, so the built command line has to be executable. */
const executableCommandLine = {
  name: 'executable-command-line',
  writeBundle: ({ dir = '' }) => chmod(join(dir, 'cli.js'), 0o755),
}

/**
 * Electron-vite makes addresses relative for pages opened as files, whatever `base` says. Ours are served, also at addresses of more than
 * one part such as /photo/12, where a relative address would lead nowhere.
 */
const servedFromRoot = { name: 'served-from-root', config: () => ({ base: '/' }) }

/**
 * Three bundles: `main` (Electron's main process, the headless server, the command line and the workers, which
 * share their chunks), `preload` (one CommonJS file, because a sandboxed preload can't load ES modules) and the
 * renderer. Packages under `dependencies` stay outside (native code); everything else is bundled.
 */
export default defineConfig({
  main: {
    plugins: [executableCommandLine],
    build: {
      rollupOptions: {
        input: {
          main: from('electron/main.ts'),
          cli: from('electron/cli.ts'),
          'media-worker': from('electron/workers/media-worker.ts'),
          'walk-worker': from('electron/workers/walk-worker.ts'),
          'watch-worker': from('electron/workers/watch-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { preload: from('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('renderer'),
    plugins: [react(), servedFromRoot],
    build: { rollupOptions: { input: from('renderer/index.html') } },
  },
})
