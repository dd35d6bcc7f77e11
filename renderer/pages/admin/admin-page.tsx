import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../frame/page.tsx'
import { useApi } from '../../queries.ts'
import styles from './admin.module.css'
import { AdvancedSection } from './advanced-section.tsx'
import { FoldersSection } from './folders-section.tsx'
import { LibrarySection } from './library-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { SiteSection } from './site-section.tsx'
import { NEWEST_JOBS, WorkerLogs } from './worker-logs.tsx'

const SECTIONS = ['site', 'people', 'folders', 'library', 'advanced', 'worker-logs'] as const

/** The Admin Area: one page with its anchors at the left. */
export function AdminPage() {
  const { t } = useTranslation()
  const hash = useHash()
  const settled = useSettled()
  useEffect(() => {
    // before its rows are there, a section's place isn't final
    if (hash && settled) document.getElementById(hash)?.scrollIntoView({ block: 'start' })
  }, [hash, settled])
  return (
    <Page title={t('frame.admin')} wide>
      <div className={styles.page}>
        <nav className={styles.anchors} aria-label={t('admin.sections')}>
          {SECTIONS.map((section) => (
            <a key={section} href={`#${section}`} className={styles.anchor}>
              {t(`admin.section.${section}`)}
            </a>
          ))}
        </nav>
        <div className={styles.sections}>
          <SiteSection />
          <PeopleSection />
          <FoldersSection />
          <LibrarySection />
          <AdvancedSection />
          <WorkerLogs />
        </div>
      </div>
    </Page>
  )
}

/** Whether every section has its first answer, or failed to get one. */
function useSettled(): boolean {
  const people = useApi('accounts.list', {})
  const folders = useApi('folders.list', {})
  const library = useApi('settings.library', {})
  const advanced = useApi('settings.advanced', {})
  const jobs = useApi('jobs.list', NEWEST_JOBS)
  return [people, folders, library, advanced, jobs].every(({ isPending }) => !isPending)
}

/** The address's anchor, followed through links of the page and of the frame alike. */
function useHash(): string {
  return useSyncExternalStore(followAddress, () => location.hash.slice(1))
}

function followAddress(listener: () => void): () => void {
  // wouter tells of its own navigation by an event of this name
  const events = ['hashchange', 'popstate', 'pushState', 'replaceState']
  for (const event of events) addEventListener(event, listener)
  return () => {
    for (const event of events) removeEventListener(event, listener)
  }
}
