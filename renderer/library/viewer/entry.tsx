import type { ReactNode } from 'react'
import styles from './info-panel.module.css'

/** One thing that the panel tells of a photo. */
export function Entry({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className={styles.entry}>
      <dt className={styles.name}>
        {icon}
        <span>{name}</span>
      </dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  )
}
