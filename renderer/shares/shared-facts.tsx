import type { ReactNode } from 'react'
import styles from './shared-facts.module.css'

interface SharedCoverProps {
  /** null: there is no picture to show */
  src: string | null
  /** stands in its place then */
  icon: ReactNode
}

/** A picture of what is shared. */
export const SharedCover = ({ src, icon }: SharedCoverProps) => (
  <span className={styles.cover}>{src === null ? icon : <img src={src} alt="" decoding="async" />}</span>
)

/** What is to be said of it in few words each; what does not hold is false. */
export function SharedFacts({ facts }: { facts: readonly (string | false)[] }) {
  const said = facts.filter((fact) => fact !== false)
  return (
    <span className={styles.facts}>
      {said.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </span>
  )
}
