import { ImagePlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { HeldLink } from '../../electron/contract/shares.ts'
import { Button } from '../components/button.tsx'
import { Popover } from '../components/popover.tsx'
import { useMaybeMe } from '../me.ts'
import styles from './share-page.module.css'

/** Says how photos of one's own are added to an album of somebody else, who sees them there, and leads to them; nothing where they may not be. */
export function AddPhotos({ link: { title, may } }: { link: HeldLink }) {
  const { t } = useTranslation()
  // whoever views as somebody changes nothing
  const isViewing = useMaybeMe()?.viewing ?? null
  if (!may.contribute || isViewing) return null
  return (
    <Popover
      trigger={<Button icon={<ImagePlus />}>{t('share.contribute.add')}</Button>}
      title={t('share.contribute.title')}
    >
      {() => (
        <>
          <p className={styles.how}>{t('share.contribute.how', { title })}</p>
          <p className={styles.how}>{t('share.contribute.who')}</p>
          <Link href="/">{t('share.contribute.to')}</Link>
        </>
      )}
    </Popover>
  )
}
