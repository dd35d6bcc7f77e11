import { Settings } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { LANGUAGES, THEMES } from '../../electron/contract/values.ts'
import { IconButton } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Select } from '../components/select.tsx'
import { ToastArea } from '../components/toast.tsx'
import { LostConnection } from '../frame/lost-connection.tsx'
import { TopBarContext } from '../frame/top-bar.ts'
import { WordMark } from '../frame/word-mark.tsx'
import { BulkArea } from '../library/bulk/bulk-area.tsx'
import { logInHref } from '../session-change.ts'
import type { ShareAddress } from './share-address.ts'
import { SharePage } from './share-page.tsx'
import { useVisitorLooks, type VisitorLooks } from './visitor-looks.ts'
import styles from './visitor-page.module.css'

/** A link, for somebody who is not logged in. */
export function VisitorPage({ at }: { at: ShareAddress }) {
  const { t } = useTranslation()
  const looks = useVisitorLooks()
  const [choosing, setChoosing] = useState(false)
  const [topBar, setTopBar] = useState<HTMLElement | null>(null)
  return (
    <ToastArea>
      <BulkArea>
        <div className={styles.frame}>
          <a href="#content" className={styles.skip}>
            {t('frame.skip')}
          </a>
          <header ref={setTopBar} className={styles.top}>
            <WordMark />
            <div className={styles.corner}>
              <IconButton label={t('share.looks')} onClick={() => setChoosing(true)}>
                <Settings />
              </IconButton>
              <Link href={logInHref(at.path)} className={styles.logIn}>
                {t('share.logIn')}
              </Link>
            </div>
          </header>
          <main id="content" tabIndex={-1} className={styles.content}>
            <LostConnection />
            <TopBarContext value={topBar}>
              <SharePage at={at} />
            </TopBarContext>
          </main>
        </div>
        <LooksDialog open={choosing} looks={looks} onClose={() => setChoosing(false)} />
      </BulkArea>
    </ToastArea>
  )
}

interface LooksDialogProps {
  open: boolean
  looks: VisitorLooks
  onClose: () => void
}

function LooksDialog({ open, looks, onClose }: LooksDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog open={open} onClose={onClose} title={t('share.looks')} description={t('share.looksText')}>
      <div className={styles.choices}>
        <span>{t('preferences.theme')}</span>
        <Select
          label={t('preferences.theme')}
          value={looks.theme}
          options={THEMES.map((value) => ({ value, label: t(`preferences.themes.${value}`) }))}
          onChange={looks.setTheme}
        />
        <span>{t('preferences.language')}</span>
        <Select
          label={t('preferences.language')}
          value={looks.language}
          options={LANGUAGES.map((value) => ({ value, label: t(`preferences.languages.${value}`) }))}
          onChange={looks.setLanguage}
        />
      </div>
    </Dialog>
  )
}
