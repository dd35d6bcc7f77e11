import { classes } from './classes.ts'
import styles from './progress-bar.module.css'

interface ProgressBarProps {
  /** what is being done, for screen readers */
  label: string
  done: number
  /** null while the end isn't known yet */
  total: number | null
  /** nothing moves at the moment */
  still?: boolean
}

/** How far long work is; a soft sweep while its end isn't known and it goes on. */
export function ProgressBar({ label, done, total, still }: ProgressBarProps) {
  const known = total !== null && total > 0
  const part = known ? Math.min(1, done / total) : 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(known && { 'aria-valuenow': Math.round(part * 100) })}
      className={classes(styles.track, still ? styles.still : !known && styles.unknown)}
    >
      <div className={styles.fill} style={known || still ? { transform: `scaleX(${part})` } : undefined} />
    </div>
  )
}
