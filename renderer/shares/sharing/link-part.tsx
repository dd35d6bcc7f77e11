import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link, LinkOptions } from '../../../electron/contract/shares.ts'
import { Button } from '../../components/button.tsx'
import { focusPart } from './focus-part.ts'
import { LinkCard } from './link-card.tsx'
import { NewLink } from './new-link.tsx'
import type { ShareOf } from './share-of.ts'
import styles from './sharing.module.css'
import { useMaking } from './use-making.ts'

interface LinkPartProps {
  of: ShareOf
  /** the link that is shown; null: a new one is made */
  shown: Link | null
  onMade: (id: number) => void
  onNew: () => void
  onTakeBack: (link: Link) => void
}

/** The right side: the link there is, or what makes one. */
export function LinkPart({ of, shown, onMade, onNew, onTakeBack }: LinkPartProps) {
  const { t } = useTranslation()
  const part = useRef<HTMLElement>(null)
  const [options, setOptions] = useState<LinkOptions>({})
  const making = useMaking(of, (id) => {
    setOptions({})
    focusPart(part.current)
    onMade(id)
  })
  return (
    <section ref={part} tabIndex={-1} className={styles.part} aria-labelledby="sharing-link">
      <header className={styles.head}>
        <h3 id="sharing-link">{t('sharing.link')}</h3>
        {shown && (
          <Button
            small
            look="quiet"
            onClick={(event) => {
              focusPart(event.currentTarget)
              onNew()
            }}
          >
            {t('sharing.another')}
          </Button>
        )}
      </header>
      {shown ? (
        <LinkCard link={shown} onTakeBack={onTakeBack} />
      ) : (
        <NewLink options={options} onOptions={setOptions} making={making} />
      )}
    </section>
  )
}
