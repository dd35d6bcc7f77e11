import styles from './frame.module.css'

/** The name, set in the warm serif. */
export const WordMark = ({ large }: { large?: boolean }) => (
  <span className={large ? styles.wordMarkLarge : styles.wordMark} lang="en">
    Mantel
  </span>
)
