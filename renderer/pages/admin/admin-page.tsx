import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classes } from '../../components/classes.ts'
import { Page } from '../../frame/page.tsx'
import styles from './admin.module.css'
import { PARTS, type Part } from './parts.tsx'
import { partOf, useActivePart, useAddressHash, useAnswered } from './use-anchors.ts'

/** The Admin Area: one page with its anchors at the left, on narrow windows as a strip above. */
export function AdminPage() {
  const { t } = useTranslation()
  const wanted = partOf(useAddressHash())
  const settled = useAnswered(PARTS.flatMap(({ asks }) => asks))
  const active = useActivePart(PARTS.map(({ id }) => id))
  useEffect(() => {
    // before its rows are there, a part's place isn't final
    if (wanted && settled) document.getElementById(wanted)?.scrollIntoView({ block: 'start' })
  }, [wanted, settled])
  return (
    <Page title={t('frame.admin')} wide>
      <div className={styles.page}>
        <Anchors active={active} />
        <div className={styles.sections}>
          {PARTS.map(({ id, Shown }) => (
            <Shown key={id} />
          ))}
        </div>
      </div>
    </Page>
  )
}

/** The way to each part, that which is being read marked. */
function Anchors({ active }: { active: Part['id'] | null }) {
  const { t } = useTranslation()
  const strip = useRef<HTMLElement>(null)
  const parent = PARTS.find(({ id }) => id === active)?.within ?? active
  useEffect(() => {
    const link = parent && strip.current?.querySelector<HTMLElement>(`a[href="#${parent}"]`)
    // sideways alone: the strip of narrow windows must not move the page
    if (link) strip.current?.scrollTo({ left: link.offsetLeft - strip.current.clientWidth / 3 })
  }, [parent])
  return (
    <nav ref={strip} className={styles.anchors} aria-label={t('admin.sections')}>
      {PARTS.map(({ id, within }) => (
        <a
          key={id}
          href={`#${id}`}
          className={classes(styles.anchor, within && styles.inner, id === parent && styles.around)}
          aria-current={id === active ? 'location' : undefined}
        >
          {t(`admin.section.${id}`)}
        </a>
      ))}
    </nav>
  )
}
