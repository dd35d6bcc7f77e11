import type * as Electron from 'electron'
import { warn } from './life.ts'
import { refuseTheRest } from './refuse.ts'

/**
 * `electron.dialog`: nobody can click here, so each throws until the test scripts it, as one scripts Electron's own
 * through Playwright: `evaluate(({ dialog }) => { dialog.showOpenDialog = async () => … })`.
 */
export const dialog = refuseTheRest('dialog', {
  showOpenDialog: unscripted('showOpenDialog'),
  showSaveDialog: unscripted('showSaveDialog'),
  showMessageBox: unscripted('showMessageBox'),
  showErrorBox: (title: string, content: string) => warn(`dialog.showErrorBox: ${title}: ${content}`),
}) satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>

function unscripted(name: string): () => never {
  return () => {
    throw new Error(`[stand-in] dialog.${name} was called and no test scripted it`)
  }
}
