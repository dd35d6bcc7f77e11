import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './term.module.css'
import { PlainTerm } from './term.tsx'
import { EDITORS } from './term-editors.tsx'
import type { Change, Terms } from './terms.ts'
import { useTermWords } from './use-term-words.ts'

interface LinkTermsProps {
  terms: Terms
  hasPassword: boolean
  /** shared with named accounts: there is no address, and so nothing that guards it */
  direct?: boolean
  /** takes the place of the sentence on who may look, where that is to be changed */
  who?: ReactNode
  /** Told what is to be different. A promise is waited for; where it fails, that is said where the change was made. Null: they can only be read. */
  onChange: Change | null
}

/** What holds for a link, as plain sentences, each of which is changed where it stands. */
export function LinkTerms({ terms, hasPassword, direct = false, who, onChange }: LinkTermsProps) {
  const { t } = useTranslation()
  const words = useTermWords(terms, { hasPassword, direct })
  return (
    <ul className={styles.terms} aria-label={t('sharing.terms.list')}>
      {words.map(({ term, fixed, ...said }) => {
        const Editor = EDITORS[term]
        return (
          <li key={term} className={styles.item}>
            {term === 'who' && who ? (
              who
            ) : fixed || !onChange ? (
              <PlainTerm {...said} />
            ) : (
              <Editor {...said} terms={terms} hasPassword={hasPassword} onChange={onChange} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
