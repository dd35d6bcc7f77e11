import styles from './mantelpiece.module.css'

/** A shelf with three pictures on it, in the page's ink: the sign of pages where no photos are yet. */
export const Mantelpiece = ({ width = 160 }: { width?: number }) => (
  <svg
    className={styles.mantelpiece}
    width={width}
    height={(width * 72) / 160}
    viewBox="0 0 160 72"
    fill="none"
    aria-hidden="true"
  >
    <rect className={styles.picture} x="22" y="26" width="34" height="38" />
    <rect className={styles.line} x="22" y="26" width="34" height="38" />
    <path className={styles.line} d="M26 56l9-11 6 7 4-4 7 8" />
    <rect className={styles.picture} x="62" y="10" width="42" height="54" />
    <rect className={styles.line} x="62" y="10" width="42" height="54" />
    <rect className={styles.inner} x="68" y="16" width="30" height="42" />
    <circle className={styles.sun} cx="83" cy="33" r="7" />
    <rect className={styles.picture} x="110" y="34" width="30" height="30" />
    <rect className={styles.line} x="110" y="34" width="30" height="30" />
    <circle className={styles.line} cx="125" cy="46" r="4" />
    <path className={styles.line} d="M117 59c1-5 4-7 8-7s7 2 8 7" />
    <path className={styles.shelf} d="M6 65.5h148" />
    <path className={styles.line} d="M14 69h132" />
  </svg>
)
