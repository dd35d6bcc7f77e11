import { Album, Folder, Images, Library, type LucideIcon, Settings, ShieldUser, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { classes } from '../components/classes.ts'
import { layerSearch, useLayer } from '../library/layer.ts'
import { hasAlbums, useMe } from '../me.ts'
import { WaitingCount } from '../shares/waiting/waiting-count.tsx'
import styles from './frame.module.css'
import { NewlyShared } from './newly-shared.tsx'
import { type Part, partAt } from './parts.ts'
import { PendingCount } from './pending-count.tsx'

/** A bottom bar has room for so many. */
const NARROW = 5

/** The parts of Mantel: a rail at the side, a bottom bar on narrow windows with preferences and Admin Area as far as there is room. */
export function Rail() {
  const { t } = useTranslation()
  const me = useMe()
  const layer = layerSearch(useLayer())
  const [location] = useLocation()
  const at = partAt(location)
  // whoever has no library begins with what is shared
  const here = at === 'shared' && !me.may.viewLibrary ? 'photos' : at
  const library: RailPart[] = []
  if (me.may.viewLibrary)
    library.push({ part: 'photos', href: `/${layer}`, icon: Images, name: t('frame.photos') })
  else
    library.push({ part: 'photos', href: '/', icon: Users, name: t('frame.shared'), mark: <NewlyShared /> })
  if (hasAlbums(me)) library.push({ part: 'albums', href: '/albums', icon: Album, name: t('frame.albums') })
  if (me.may.viewLibrary && me.flags.folders)
    library.push({ part: 'folders', href: `/folders${layer}`, icon: Folder, name: t('frame.folders') })
  if (me.may.viewLibrary && me.may.viewShared)
    library.push({
      part: 'shared',
      href: '/shared',
      icon: Users,
      name: t('share.title'),
      mark: (
        <>
          <NewlyShared />
          <WaitingCount />
        </>
      ),
    })
  if (me.may.viewLibrary)
    library.push({ part: 'library', href: `/library${layer}`, icon: Library, name: t('frame.library') })
  const own: RailPart[] = []
  if (me.may.administer)
    own.push({
      part: 'admin',
      href: me.pendingCount > 0 ? '/admin#people' : '/admin',
      icon: ShieldUser,
      name: t('frame.admin'),
      mark: <PendingCount />,
    })
  if (!me.viewing)
    own.push({ part: 'preferences', href: '/preferences', icon: Settings, name: t('frame.preferences') })
  const shown = own.slice(0, NARROW - library.length)
  return (
    <nav className={styles.rail} aria-label={t('frame.navigation')}>
      {library.map((entry) => (
        <Entry key={entry.part} {...entry} active={here === entry.part} />
      ))}
      {shown.map((entry) => (
        <Entry key={entry.part} {...entry} active={here === entry.part} onlyNarrow />
      ))}
    </nav>
  )
}

interface RailPart {
  part: Part
  href: string
  icon: LucideIcon
  name: string
  mark?: ReactNode
}

interface EntryProps extends RailPart {
  active: boolean
  onlyNarrow?: boolean
}

function Entry({ href, icon: Icon, name, mark, active, onlyNarrow }: EntryProps) {
  return (
    <Link
      href={href}
      className={classes(styles.entry, onlyNarrow && styles.onlyNarrow)}
      aria-current={active ? 'page' : undefined}
    >
      <Icon />
      <span>
        {name}
        {mark}
      </span>
    </Link>
  )
}
