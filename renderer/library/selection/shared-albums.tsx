import { BookImage } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../../electron/contract/shares.ts'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { useFailureText } from '../../components/failure.ts'
import { formatNumber } from '../../format.ts'
import { useApi } from '../../queries.ts'
import { useBulk } from '../bulk/bulk-area.tsx'
import { useContributing } from '../choosing/use-ways.ts'
import styles from './ask-dialog.module.css'
import type { AskProps } from './ask-dialog.tsx'

interface SharedAlbumsProps extends Pick<AskProps, 'asking' | 'onClose'> {
  /** what their names hold, in small letters; empty: any */
  wanted: string
}

/** So many are in sight at once. */
const FEW = 3
const ROW_PX = 44

/** Albums of others that the account may add photos to, and what puts the selected ones there; nothing where there is none. */
export function SharedAlbums({ asking: { total, idsFor }, wanted, onClose }: SharedAlbumsProps) {
  const { t } = useTranslation()
  const heading = useId()
  const add = useAdding(onClose)
  const failureText = useFailureText()
  const { data, error } = useApi('shares.withMe', {})
  const ids = idsFor('share')
  const albums = data?.links.filter(({ may }) => may.contribute) ?? []
  // one's own albums are there all the same
  if (error && !data) return <p className={styles.some}>{failureText(error)}</p>
  if (albums.length === 0 || ids.length === 0) return null
  const found = albums
    .filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => a.title.localeCompare(b.title))
  const counts = { some: formatNumber(ids.length), total: formatNumber(total) }
  return (
    <section className={styles.shared} aria-labelledby={heading}>
      <h3 id={heading}>{t('selection.ask.album.shared')}</h3>
      {ids.length < total && <p className={styles.some}>{t('selection.ask.album.some', counts)}</p>}
      {/* as tall with one entry as with many, so that nothing moves while one types */}
      <ul className={styles.few} style={{ height: Math.min(albums.length, FEW) * ROW_PX }}>
        {found.map((album) => (
          <li key={album.id}>
            <SharedAlbum album={album} onChoose={() => add(album, ids)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function SharedAlbum({ album, onChoose }: { album: HeldLink; onChoose: () => void }) {
  const { t } = useTranslation()
  const { id, title, by, count, cover } = album
  return (
    <button type="button" className={styles.entry} onClick={onChoose}>
      {cover ? (
        <img className={styles.cover} src={mediaUrl('thumb', cover.id, cover.version, id)} alt="" />
      ) : (
        <BookImage />
      )}
      <span className={styles.name}>
        {title}
        {by !== '' && <span className={styles.by}> {t('selection.ask.album.sharedBy', { name: by })}</span>}
      </span>
      <span className={styles.number}>{formatNumber(count)}</span>
    </button>
  )
}

/** Adds photos to one of these albums, which may go on when the dialog is closed. */
function useAdding(onClose: () => void) {
  const { start } = useBulk()
  const contributing = useContributing()
  return (album: HeldLink, ids: readonly number[]) => {
    onClose()
    start(contributing(album)(ids))
  }
}
