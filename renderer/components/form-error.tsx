import styles from './form-error.module.css'

/** What is wrong with a form as a whole; keeps no room while nothing is. */
export const FormError = ({ text }: { text: string | null }) => (
  <div role="alert" className={styles.place}>
    {text && <p className={styles.error}>{text}</p>}
  </div>
)
