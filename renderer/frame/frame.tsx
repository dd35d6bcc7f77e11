import { Images, Settings, ShieldUser, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useReachable } from '../connection.ts'
import { useMe } from '../me.ts'
import { AccountMenu } from './account-menu.tsx'
import styles from './frame.module.css'
import { JobsLine } from './jobs-line.tsx'
import { LayerSwitch } from './layer-switch.tsx'
import { PendingCount } from './pending-count.tsx'
import { WordMark } from './word-mark.tsx'

/** The frame around every page: top bar, rail (a bottom bar on narrow windows), the page, and the line on running work. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const me = useMe()
  const [location] = useLocation()
  const atPhotos = location === '/' || location.startsWith('/photo/')
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip}>
        {t('frame.skip')}
      </a>
      <header className={styles.top}>
        <Link href="/" className={styles.brand}>
          <WordMark />
        </Link>
        <div className={styles.corner}>
          {atPhotos && <LayerSwitch />}
          <AccountMenu />
        </div>
      </header>
      <nav className={styles.rail} aria-label={t('frame.navigation')}>
        <RailEntry href="/" icon={me.may.viewLibrary ? <Images /> : <Users />} active={atPhotos}>
          {t(me.may.viewLibrary ? 'frame.photos' : 'frame.shared')}
        </RailEntry>
        {!me.viewing && (
          <div className={styles.onlyNarrow}>
            <RailEntry href="/preferences" icon={<Settings />} active={location.startsWith('/preferences')}>
              {t('frame.preferences')}
            </RailEntry>
          </div>
        )}
        {me.may.administer && (
          <div className={styles.onlyNarrow}>
            <RailEntry
              href={me.pendingCount > 0 ? '/admin#people' : '/admin'}
              icon={<ShieldUser />}
              active={location === '/admin'}
            >
              {t('frame.admin')}
              <PendingCount />
            </RailEntry>
          </div>
        )}
      </nav>
      <main id="content" tabIndex={-1} className={styles.content}>
        <LostConnection />
        {children}
        {atPhotos && <JobsLine />}
      </main>
    </div>
  )
}

interface RailEntryProps {
  href: string
  icon: ReactNode
  active: boolean
  children: ReactNode
}

function RailEntry({ href, icon, active, children }: RailEntryProps) {
  return (
    <Link href={href} className={styles.entry} aria-current={active ? 'page' : undefined}>
      {icon}
      <span>{children}</span>
    </Link>
  )
}

function LostConnection() {
  const { t } = useTranslation()
  const reachable = useReachable()
  return (
    <div role="status" className={styles.lost}>
      {!reachable && <p className={styles.lostText}>{t('connection.lost')}</p>}
    </div>
  )
}
