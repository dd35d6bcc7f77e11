import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useSharesOf } from '../../shares/sharing/use-shares-of.ts'

/** How many photos others added to an album of one's own that is shared by name, and the way to them; nothing where there are none. */
export function AddedByOthers({ albumId }: { albumId: number }) {
  const { t } = useTranslation()
  const share = useSharesOf({ albumId }, []).shares?.direct
  if (!share || share.contributed === 0 || share.closed !== null) return null
  return (
    <>
      {t('albums.added', { count: share.contributed })}{' '}
      <Link href={`/shared/${share.id}`}>
        {t('albums.look')} <span className="visually-hidden">{t('albums.lookAt')}</span>
      </Link>
    </>
  )
}
