import { formatNumber } from '../format.ts'
import styles from './count-mark.module.css'

/** A number beside whatever leads to what it counts, with what that is in words; nothing for none. */
export function CountMark({ count, text }: { count: number; text: string }) {
  if (count === 0) return null
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{formatNumber(count)}</span>
      <span className="visually-hidden">, {text}</span>
    </span>
  )
}
