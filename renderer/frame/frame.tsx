import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { AccountMenu } from './account-menu.tsx'
import styles from './frame.module.css'
import { JobsLine } from './jobs-line.tsx'
import { LayerSwitch } from './layer-switch.tsx'
import { LostConnection } from './lost-connection.tsx'
import { hasLayers, isAboutPhotos, partAt } from './parts.ts'
import { Rail } from './rail.tsx'
import { TopBarContext } from './top-bar.ts'
import { WordMark } from './word-mark.tsx'

/** The frame around every page: top bar, rail (a bottom bar on narrow windows), the page, and the line on running work. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [location] = useLocation()
  const [topBar, setTopBar] = useState<HTMLElement | null>(null)
  const part = partAt(location)
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip}>
        {t('frame.skip')}
      </a>
      <header ref={setTopBar} className={styles.top}>
        <Link href="/" className={styles.brand}>
          <WordMark />
        </Link>
        <div className={styles.corner}>
          {hasLayers(part) && <LayerSwitch />}
          <AccountMenu />
        </div>
      </header>
      <Rail />
      <main id="content" tabIndex={-1} className={styles.content}>
        <LostConnection />
        <TopBarContext value={topBar}>{children}</TopBarContext>
        {isAboutPhotos(part) && <JobsLine />}
      </main>
    </div>
  )
}
