import {
  Archive,
  ArchiveRestore,
  Download,
  EllipsisVertical,
  Keyboard,
  Lock,
  LockOpen,
  Presentation,
  Share2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../components/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import type { Marks } from './use-marks.ts'
import type { ViewerActions } from './use-viewer-keys.ts'

interface MoreMenuProps {
  marks: Marks
  actions: ViewerActions
  /** null while one goes on */
  onSlideshow: (() => void) | null
}

/** What is done to a photo less often, and what has no room on a phone. */
export function MoreMenu({ marks, actions, onSlideshow }: MoreMenuProps) {
  const { t } = useTranslation()
  const { toggleArchived, togglePrivate } = marks
  const { download, share, help } = actions
  return (
    <Menu
      trigger={
        <IconButton label={t('viewer.more')}>
          <EllipsisVertical />
        </IconButton>
      }
    >
      {onSlideshow && (
        <MenuItem
          icon={<Presentation />}
          keys={{ shown: t('shortcuts.key.space'), name: 'Space' }}
          onSelect={onSlideshow}
        >
          {t('viewer.slideshow.start')}
        </MenuItem>
      )}
      {share && (
        <MenuItem icon={<Share2 />} keys={shift('S')} onSelect={share}>
          {t('sharing.action')}
        </MenuItem>
      )}
      {download && (
        <MenuItem icon={<Download />} keys={shift('D')} onSelect={download}>
          {t('viewer.download')}
        </MenuItem>
      )}
      {(toggleArchived || togglePrivate) && <MenuSeparator />}
      {toggleArchived && (
        <MenuItem
          icon={marks.archived ? <ArchiveRestore /> : <Archive />}
          keys={shift('A')}
          onSelect={toggleArchived}
        >
          {t(marks.archived ? 'viewer.marks.unarchive' : 'viewer.marks.archive')}
        </MenuItem>
      )}
      {togglePrivate && (
        <MenuItem icon={marks.private ? <LockOpen /> : <Lock />} keys={shift('P')} onSelect={togglePrivate}>
          {t(marks.private ? 'viewer.marks.makePublic' : 'viewer.marks.makePrivate')}
        </MenuItem>
      )}
      {help && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Keyboard />} keys={{ shown: '?', name: '?' }} onSelect={help}>
            {t('shortcuts.title')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

const shift = (letter: string) => ({ shown: `⇧ ${letter}`, name: `Shift+${letter}` })
