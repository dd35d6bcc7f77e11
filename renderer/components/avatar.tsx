import styles from './avatar.module.css'
import { initials, warmHue } from './initials.ts'

interface AvatarProps {
  name: string
  /** decides the colour, which stays when the name changes */
  username: string
  /** pixels */
  size?: number
}

/**
 * A person as a disc with initials. They are decoration beside a name, drawn by the style sheet: as text they would be a
 * label that nobody says.
 */
export function Avatar({ name, username, size = 32 }: AvatarProps) {
  return (
    <span
      className={styles.avatar}
      aria-hidden="true"
      data-initials={initials(name || username)}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.4),
        background: `oklch(48% 0.09 ${warmHue(username)})`,
      }}
    />
  )
}
