import type { ReactNode } from 'react'
import { Mantelpiece } from '../components/mantelpiece.tsx'
import { WordMark } from '../frame/word-mark.tsx'
import styles from './calm-page.module.css'

/** A page outside the frame: the name, a card in the middle of the paper, and nothing else. */
export function CalmPage({ wide, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <main className={wide ? styles.wide : styles.column}>
        <header className={wide ? styles.headInRow : styles.head}>
          <Mantelpiece width={wide ? 96 : 132} />
          <WordMark large />
        </header>
        <div className={styles.card}>{children}</div>
      </main>
    </div>
  )
}
