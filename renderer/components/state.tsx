import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { useFailureText } from './failure.ts'
import styles from './state.module.css'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  /** it is all that the page says */
  isPage?: boolean
  children?: ReactNode
  /** what can be done about it */
  action?: ReactNode
}

/** What stands where there is nothing to show yet: says why, and what to do about it. */
export function EmptyState({ icon, title, isPage = false, children, action }: EmptyStateProps) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className={styles.state}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}

interface ErrorStateProps {
  error: unknown
  /** tries again what failed */
  onRetry?: () => void
}

/** What stands where something could not be loaded. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation()
  const text = useFailureText()
  return (
    <div className={styles.state} role="alert">
      <p className={styles.text}>{text(error)}</p>
      {onRetry && (
        <div className={styles.action}>
          <Button onClick={onRetry}>{t('common.tryAgain')}</Button>
        </div>
      )}
    </div>
  )
}
