import { Link2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LinkOptions } from '../../../electron/contract/shares.ts'
import { call } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { LinkTerms } from './link-terms.tsx'
import { CancelMaking, MakingFailed, MakingProgress } from './making-state.tsx'
import styles from './sharing.module.css'
import { termsOf } from './terms.ts'
import type { Making } from './use-making.ts'

interface NewLinkProps {
  /** what was chosen so far */
  options: LinkOptions
  onOptions: (options: LinkOptions) => void
  making: Making
}

/** A link before it is made: what shall hold for it, and what makes it. */
export function NewLink({ options, onOptions, making }: NewLinkProps) {
  const { t } = useTranslation()
  const make = () => making.make(async (what) => (await call('shares.createLink', { ...what, options })).id)
  const { working, isBegun, resume } = making
  return (
    <div className={styles.card}>
      <LinkTerms
        terms={termsOf(options)}
        hasPassword={typeof options.password === 'string'}
        onChange={isBegun ? null : (chosen) => onOptions({ ...options, ...chosen })}
      />
      <MakingFailed making={making} />
      <MakingProgress making={making} />
      <div className={styles.buttons}>
        <Button look="primary" icon={!resume && <Link2 />} busy={working !== null} onClick={resume ?? make}>
          {resume ? t('sharing.resume') : t('sharing.make')}
        </Button>
        <CancelMaking making={making} />
      </div>
    </div>
  )
}
