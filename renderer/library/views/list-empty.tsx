import type { ComponentProps } from 'react'
import { EmptyState } from '../../components/state.tsx'
import styles from '../library-empty.module.css'

/** In the middle of a list's page: why it holds nothing, or is not there. */
export const ListEmpty = (props: ComponentProps<typeof EmptyState>) => (
  <div className={styles.empty}>
    <EmptyState {...props} />
  </div>
)
