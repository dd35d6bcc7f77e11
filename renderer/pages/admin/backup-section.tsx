import { DatabaseBackup } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import { Button } from '../../components/button.tsx'
import { useFailureText, useReasonText } from '../../components/failure.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { formatBytes, formatMoment } from '../../format.ts'
import { useApi, useApiAction } from '../../queries.ts'
import { BackupRestoreDialog } from './backup-restore-dialog.tsx'
import styles from './backup-section.module.css'
import { BackupSettingsForm } from './backup-settings-form.tsx'
import card from './library-section.module.css'
import { Section } from './section.tsx'

type Backups = Output<'backup.list'>
type Backup = Backups['backups'][number]

/** The copies of the database: how the last one went, all there are, when and where they are made. */
export function BackupSection() {
  const { t } = useTranslation()
  const list = useApi('backup.list', {})
  const [asked, setAsked] = useState<Backup | null>(null)
  return (
    <Section id="backup" title={t('admin.section.backup')} actions={<BackUpNow list={list.data} />}>
      {list.error && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <div className={card.card}>
          {list.data ? (
            <>
              <Standing list={list.data} />
              <BackupList list={list.data} onRestore={setAsked} />
            </>
          ) : (
            <div className={card.part}>
              <Skeleton height={160} />
            </div>
          )}
          <BackupSettingsForm />
        </div>
      )}
      {asked && <BackupRestoreDialog backup={asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}

const isAtWork = (list: Backups | undefined) =>
  list?.last?.state === 'queued' || list?.last?.state === 'running'

function BackUpNow({ list }: { list: Backups | undefined }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const create = useApiAction('backup.create', {
    onSuccess: () => toast(t('backup.started')),
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return (
    <Button
      icon={<DatabaseBackup />}
      busy={create.isPending || isAtWork(list)}
      onClick={() => create.mutate({})}
    >
      {t('backup.now')}
    </Button>
  )
}

/** How the last backup went, and what was restored last. */
function Standing({ list: { backups, last, restored } }: { list: Backups }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  const newest = backups.find(({ checked }) => checked)
  const setAside = restored?.setAside
  return (
    <div className={styles.standing}>
      <p aria-live="polite">
        {isAtWork({ backups, last, restored, may: { restore: false } })
          ? t('backup.running')
          : newest
            ? t('backup.last', { when: formatMoment(newest.at) })
            : t('backup.none')}
      </p>
      {last?.state === 'failed' && (
        <p className={styles.bad}>
          {t('backup.failed', { when: formatMoment(last.at), why: reasonText(last.error ?? '') })}
        </p>
      )}
      {restored && (
        <p className={card.hint}>
          {t('backup.restored', { when: formatMoment(restored.at), name: restored.from })}
          {setAside && ` ${t('backup.setAside', { name: setAside })}`}
        </p>
      )}
    </div>
  )
}

interface BackupListProps {
  list: Backups
  onRestore: (backup: Backup) => void
}

function BackupList({ list: { backups, may }, onRestore }: BackupListProps) {
  const { t } = useTranslation()
  if (backups.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t('backup.list')}>
      {backups.map((backup) => (
        <li key={backup.name} className={styles.row}>
          <div className={styles.what}>
            <div>{formatMoment(backup.at)}</div>
            <Facts backup={backup} />
          </div>
          {may.restore && backup.problem === null && (
            <Button small onClick={() => onRestore(backup)}>
              {t('backup.restore')}
              <span className="visually-hidden">: {formatMoment(backup.at)}</span>
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Facts({ backup: { kind, bytes, withKey, checked, problem } }: { backup: Backup }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
  return (
    <div className={styles.facts}>
      <span>{t(`backup.kinds.${kind}`)}</span>
      <span>{formatBytes(bytes)}</span>
      {checked && problem === null && <span>{t('backup.checked')}</span>}
      {withKey && <span>{t('backup.keyInside')}</span>}
      {problem !== null && <span className={styles.bad}>{reasonText(problem)}</span>}
    </div>
  )
}
