import type { ReactNode } from 'react'
import styles from './admin.module.css'

interface SectionProps {
  id: string
  title: string
  /** a few words beside the heading */
  aside?: ReactNode
  /** what can be done here, at the right of the heading */
  actions?: ReactNode
  children: ReactNode
}

/** One part of the Admin Area, reached by its anchor. */
export const Section = ({ id, title, aside, actions, children }: SectionProps) => (
  <section id={id} className={styles.section} aria-labelledby={`${id}-title`}>
    <header className={styles.head}>
      <h2 className={styles.title}>
        {/* the part's name, without what is beside it and changes */}
        <span id={`${id}-title`}>{title}</span>
        {aside}
      </h2>
      {actions}
    </header>
    {children}
  </section>
)
