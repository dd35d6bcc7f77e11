import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { Page } from '../frame/page.tsx'
import { useMe } from '../me.ts'
import { useApi } from '../queries.ts'
import { Overview } from './overview/overview.tsx'
import styles from './shared-page.module.css'
import { useWaiting } from './waiting/use-waiting.ts'
import { WaitingLine } from './waiting/waiting-line.tsx'
import { WithMe } from './with-me.tsx'

/** The parts of what is shared, each with its address. */
export const SHARED_PARTS = { withMe: '/shared', mine: '/shared/mine', everyone: '/shared/everyone' } as const
type Part = keyof typeof SHARED_PARTS
const PARTS = Object.keys(SHARED_PARTS) as Part[] // the keys of a closed object

/** What is shared: with this account, by it, and for admins by everybody. */
export function SharedPage() {
  const { t } = useTranslation()
  const { may } = useMe()
  const [location] = useLocation()
  const parts = useParts()
  const { waiting, declined } = useWaiting()
  const part = parts.find((one) => SHARED_PARTS[one] === location) ?? 'withMe'
  return (
    <Page title={t(may.viewLibrary ? 'share.title' : 'frame.shared')}>
      {parts.length > 1 && (
        <nav aria-label={t('share.parts.label')}>
          <ul className={styles.parts}>
            {parts.map((one) => (
              <li key={one}>
                <Link
                  href={SHARED_PARTS[one]}
                  className={styles.part}
                  aria-current={one === part ? 'page' : undefined}
                >
                  {t(`share.parts.${one}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div className={styles.waiting}>
        <WaitingLine count={waiting} declined={declined} />
      </div>
      {part === 'withMe' ? <WithMe /> : <Overview key={part} everyone={part === 'everyone'} />}
    </Page>
  )
}

/** Whoever may share no more still has what they shared before, and may take it back. */
function useParts(): Part[] {
  const { may } = useMe()
  const { data } = useApi('shares.overview', {}, { enabled: may.viewLibrary && !may.share })
  const isFor = {
    withMe: true,
    mine: may.share || (data?.links.length ?? 0) > 0,
    everyone: may.administer,
  }
  return PARTS.filter((part) => isFor[part])
}
