/**
 * What `import … from 'electron'` finds in the main process. Each name is exported on its own, so that an import of
 * anything else fails when the app is loaded and says which name.
 */
export { app } from './app.ts'
export { BaseWindow } from './base-window.ts'
export { dialog } from './dialog.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu } from './menu.ts'
export { safeStorage } from './safe-storage.ts'
export { protocol, session } from './session.ts'
export { nativeTheme, net, powerMonitor, shell } from './small-modules.ts'
export { utilityProcess } from './utility-process.ts'
export { View, WebContentsView } from './view.ts'
