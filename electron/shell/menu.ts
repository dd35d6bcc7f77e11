import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { ShellLabels } from './menu-labels.ts'

/** What the menu's own entries do; all others have roles that Electron knows. */
export interface MenuActions {
  newWindow(): void
  lock(): void
  zoom(step: 'in' | 'out' | 'reset'): void
}

/** Sets the application menu. Every entry has an id, by which tests and later code find it whatever the language. */
export function setMenu(labels: ShellLabels, actions: MenuActions, platform: NodeJS.Platform): void {
  const menus: MenuItemConstructorOptions[] = [
    { id: 'file', label: labels.file, submenu: fileMenu(labels, actions) },
    { id: 'edit', label: labels.edit, submenu: editMenu(labels) },
    { id: 'view', label: labels.view, submenu: viewMenu(labels, actions) },
  ]
  if (platform === 'darwin') menus.unshift({ id: 'app', role: 'appMenu' })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus))
}

function fileMenu(labels: ShellLabels, { newWindow, lock }: MenuActions): MenuItemConstructorOptions[] {
  return [
    { id: 'file.new-window', label: labels.newWindow, accelerator: 'CmdOrCtrl+N', click: newWindow },
    { id: 'file.close-window', label: labels.closeWindow, role: 'close' },
    { type: 'separator' },
    { id: 'file.lock', label: labels.lock, accelerator: 'CmdOrCtrl+Shift+L', click: lock },
    { id: 'file.quit', label: labels.quit, role: 'quit' },
  ]
}

function editMenu(labels: ShellLabels): MenuItemConstructorOptions[] {
  return [
    { id: 'edit.undo', label: labels.undo, role: 'undo' },
    { id: 'edit.redo', label: labels.redo, role: 'redo' },
    { type: 'separator' },
    { id: 'edit.cut', label: labels.cut, role: 'cut' },
    { id: 'edit.copy', label: labels.copy, role: 'copy' },
    { id: 'edit.paste', label: labels.paste, role: 'paste' },
    { id: 'edit.select-all', label: labels.selectAll, role: 'selectAll' },
  ]
}

/** Zooming is done by hand: Electron's roles for it look for a BrowserWindow. */
function viewMenu(labels: ShellLabels, { zoom }: MenuActions): MenuItemConstructorOptions[] {
  return [
    { id: 'view.zoom-in', label: labels.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => zoom('in') },
    { id: 'view.zoom-out', label: labels.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => zoom('out') },
    {
      id: 'view.actual-size',
      label: labels.actualSize,
      accelerator: 'CmdOrCtrl+0',
      click: () => zoom('reset'),
    },
    { type: 'separator' },
    { id: 'view.full-screen', label: labels.fullScreen, role: 'togglefullscreen' },
  ]
}
