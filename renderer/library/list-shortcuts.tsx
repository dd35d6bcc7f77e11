import { useTranslation } from 'react-i18next'
import { Shortcuts } from '../components/shortcuts.tsx'

interface ListShortcutsProps {
  open: boolean
  onClose: () => void
  /** whether photos can be selected */
  selects: boolean
  /** whether an order by hand can be changed */
  arranges: boolean
  /** whether it has days, or an order by hand */
  hasDays: boolean
}

/** The keys of a list of photos. */
export function ListShortcuts({ open, onClose, selects, arranges, hasDays }: ListShortcutsProps) {
  const { t } = useTranslation()
  const moving = [
    { keys: ['←', '→', '↑', '↓'], does: t('library.shortcuts.move') },
    { keys: ['pageUp', 'pageDown'], does: t('library.shortcuts.page') },
    { keys: ['home', 'end'], does: t('library.shortcuts.ends') },
    ...(hasDays ? [{ keys: ['G'], does: t('library.goToDay.title') }] : []),
    { keys: ['enter'], does: t('library.shortcuts.open') },
    { keys: ['?'], does: t('shortcuts.help') },
  ]
  const selecting = [
    { keys: ['X', 'space'], does: t('library.shortcuts.tick') },
    { keys: ['⇧ ←', '⇧ →'], does: t('library.shortcuts.range') },
    ...(hasDays ? [{ keys: ['⇧ X'], does: t('library.shortcuts.day') }] : []),
    { keys: ['ctrl A'], does: t('library.shortcuts.all') },
    { keys: ['escape'], does: t('library.shortcuts.none') },
  ]
  const arranging = [
    { keys: ['alt ←', 'alt →'], does: t('library.shortcuts.step') },
    { keys: ['alt home', 'alt end'], does: t('library.shortcuts.farthest') },
  ]
  const groups = [
    { name: t('shortcuts.group.moving'), shortcuts: moving },
    { name: t('shortcuts.group.selecting'), shortcuts: selects ? selecting : [] },
    { name: t('shortcuts.group.arranging'), shortcuts: arranges && !hasDays ? arranging : [] },
  ]
  return <Shortcuts open={open} onClose={onClose} groups={groups} />
}
