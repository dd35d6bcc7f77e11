import { ImagePlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../electron/contract/shares.ts'
import { Button } from '../components/button.tsx'
import { Popover } from '../components/popover.tsx'
import { useChoosing } from '../library/choosing/choosing-area.tsx'
import { useForShare } from '../library/choosing/use-ways.ts'
import { useMaybeMe } from '../me.ts'
import styles from './share-page.module.css'

/** Leads to photos of one's own, to choose some for an album of somebody else, and says who sees them there; nothing where none may be added. */
export function AddPhotos({ link }: { link: HeldLink }) {
  // whoever views as somebody changes nothing
  const isViewing = useMaybeMe()?.viewing ?? null
  return link.may.contribute && !isViewing ? <Adding link={link} /> : null
}

function Adding({ link }: { link: HeldLink }) {
  const { t } = useTranslation()
  const { begin } = useChoosing()
  const forShare = useForShare()
  return (
    <Popover
      trigger={<Button icon={<ImagePlus />}>{t('share.contribute.add')}</Button>}
      title={t('share.contribute.title')}
    >
      {() => (
        <>
          <p className={styles.how}>{t('share.contribute.who')}</p>
          <Button look="primary" onClick={() => begin(forShare(link))}>
            {t('share.contribute.choose')}
          </Button>
        </>
      )}
    </Popover>
  )
}
