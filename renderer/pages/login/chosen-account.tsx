import { Avatar } from '../../components/avatar.tsx'
import styles from './login.module.css'

interface ChosenAccountProps {
  username: string
  name: string
  /** one line below the name */
  note?: string
}

/** Whose password is asked for. */
export function ChosenAccount({ username, name, note }: ChosenAccountProps) {
  return (
    <div className={styles.chosen}>
      <Avatar name={name || username} username={username} size={72} />
      <div>
        <h1 className={styles.title}>{name || username}</h1>
        {note && <p className={styles.note}>{note}</p>}
      </div>
      {/* password managers look for the name beside the password */}
      <input
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        autoComplete="username"
        value={username}
        readOnly
      />
    </div>
  )
}
