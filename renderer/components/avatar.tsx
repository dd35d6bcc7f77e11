import styles from './avatar.module.css'
import { initials, warmHue } from './initials.ts'

interface AvatarProps {
  name: string
  /** decides the colour, which stays when the name changes */
  username: string
  /** pixels */
  size?: number
}

/** A person as a disc with initials; decoration beside a name, so hidden from screen readers. */
export function Avatar({ name, username, size = 32 }: AvatarProps) {
  return (
    <span
      className={styles.avatar}
      aria-hidden="true"
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.4),
        background: `oklch(48% 0.09 ${warmHue(username)})`,
      }}
    >
      {initials(name || username)}
    </span>
  )
}
