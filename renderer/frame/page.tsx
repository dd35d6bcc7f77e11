import type { ReactNode } from 'react'
import styles from './page.module.css'

/** A page of words and controls: scrolls by itself below the top bar, under its own heading. */
export function Page({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={styles.scroll}>
      <div className={wide ? styles.wide : styles.page}>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </div>
  )
}
