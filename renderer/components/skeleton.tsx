import styles from './skeleton.module.css'

interface SkeletonProps {
  width?: number | string
  height?: number | string
}

/** Holds the place of something that is being loaded, in its later size. */
export function Skeleton({ width = '100%', height = 16 }: SkeletonProps) {
  return <span className={styles.skeleton} aria-hidden="true" style={{ width, height }} />
}
