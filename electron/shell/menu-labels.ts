/** What the application menu says. It is the shell's own and stands before any page, so it is not in the renderer's locales. */
const labels = {
  en: {
    file: 'File',
    newWindow: 'New Window',
    closeWindow: 'Close Window',
    lock: 'Lock',
    quit: 'Quit Mantel',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: 'View',
    zoomIn: 'Larger',
    zoomOut: 'Smaller',
    actualSize: 'Actual Size',
    fullScreen: 'Full Screen',
    chooseFolder: 'Choose Folder',
    cannotStart: 'Mantel cannot start',
  },
  de: {
    file: 'Ablage',
    newWindow: 'Neues Fenster',
    closeWindow: 'Fenster schließen',
    lock: 'Sperren',
    quit: 'Mantel beenden',
    edit: 'Bearbeiten',
    undo: 'Widerrufen',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einsetzen',
    selectAll: 'Alles auswählen',
    view: 'Darstellung',
    zoomIn: 'Größer',
    zoomOut: 'Kleiner',
    actualSize: 'Originalgröße',
    fullScreen: 'Vollbild',
    chooseFolder: 'Ordner auswählen',
    cannotStart: 'Mantel kann nicht starten',
  },
}

export type ShellLabels = typeof labels.en

/** The labels for a language of the system, such as `de-AT`; English for languages that are not translated. */
export function shellLabels(locale: string): ShellLabels {
  return locale.toLowerCase().split('-')[0] === 'de' ? labels.de : labels.en
}
