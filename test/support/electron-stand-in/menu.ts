import type * as Electron from 'electron'
import { BaseWindow } from './base-window.ts'
import { refuseTheRest } from './refuse.ts'

type Template = Electron.MenuItemConstructorOptions

/** An entry as tests find and click it. */
export interface MenuItem {
  id: string | undefined
  label: string
  role: string | undefined
  type: string
  enabled: boolean
  visible: boolean
  checked: boolean
  submenu: Menu | undefined
  click(): void
}

let applicationMenu: Menu | null = null

/** `electron.Menu`: what is in it and what a click does; nothing is shown, no key is listened for. */
export class Menu implements Pick<Electron.Menu, 'popup' | 'closePopup'> {
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: Template[]): Menu {
    const menu = new Menu()
    for (const entry of template) menu.items.push(toItem(entry))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  popup(): void {}

  closePopup(): void {}
}
refuseTheRest('Menu', Menu.prototype)
refuseTheRest('Menu', Menu)

function toItem(entry: Template): MenuItem {
  const { id, role, label, type, submenu, click, enabled = true, visible = true, checked = false } = entry
  if (!label && !role && !type) {
    throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
  }
  const item: MenuItem = {
    id,
    label: label ?? role ?? '',
    role,
    type: type ?? (submenu ? 'submenu' : 'normal'),
    enabled,
    visible,
    checked,
    submenu: Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined), // one of ours
    // parts of Electron's classes stand for the whole
    click: () => click?.(item as never, BaseWindow.getFocusedWindow() as never, {} as never),
  }
  return item
}
