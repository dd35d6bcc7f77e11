import { useTranslation } from 'react-i18next'
import type { ImportTally } from '../../../../electron/contract/import-tally.ts'
import styles from './take-along.module.css'

/** Names shown of what was not found; the number tells of all. */
const NAMES_SHOWN = 200

/** What an import came to, or would. */
export function TallyList({ tally }: { tally: ImportTally }) {
  const { t } = useTranslation()
  const { photos, matched, changed, albums, notFound, ambiguous, leftOut } = tally
  const left = Object.entries(leftOut).filter(([, count]) => count > 0)
  return (
    <div className={styles.tally}>
      <dl className={styles.counts}>
        <dt>{t('takeAlong.found')}</dt>
        <dd>{t('takeAlong.ofPhotos', { matched, photos })}</dd>
        <dt>{t('takeAlong.changed')}</dt>
        <dd>{t('common.photos', { count: changed })}</dd>
        <dt>{t('takeAlong.albums')}</dt>
        <dd>{t('takeAlong.ofAlbums', { made: albums.new, merged: albums.merged })}</dd>
        <dt>{t('takeAlong.putIn')}</dt>
        <dd>{t('common.photos', { count: albums.photosAdded })}</dd>
      </dl>
      {left.length > 0 && (
        <>
          <p>{t('takeAlong.leftOut')}</p>
          <dl className={styles.counts}>
            {left.map(([what, count]) => (
              <div key={what} className={styles.pair}>
                {/* the keys of `leftOut` are those of this part of the locale files */}
                <dt>{t(`takeAlong.kinds.${what as keyof ImportTally['leftOut']}`)}</dt>
                <dd>{count}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <Names title={t('takeAlong.notFound', { count: notFound.length })} names={notFound} />
      <Names title={t('takeAlong.ambiguous', { count: ambiguous.length })} names={ambiguous} />
    </div>
  )
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  const { t } = useTranslation()
  if (names.length === 0) return null
  const more = names.length - NAMES_SHOWN
  return (
    <details className={styles.names}>
      <summary>{title}</summary>
      <ul>
        {[...new Set(names.slice(0, NAMES_SHOWN))].map((name) => (
          <li key={name}>{name}</li>
        ))}
        {more > 0 && <li>{t('takeAlong.more', { count: more })}</li>}
      </ul>
    </details>
  )
}
