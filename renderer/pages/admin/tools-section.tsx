import { Brush, Eye, Image, RotateCcw, ScanSearch } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { StorageUsage } from '../../../electron/contract/storage.ts'
import type { Rebuild } from '../../../electron/contract/values.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useFailureText } from '../../components/failure.ts'
import { FormActions } from '../../components/form-actions.tsx'
import { FormError } from '../../components/form-error.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ErrorState } from '../../components/state.tsx'
import { useToast } from '../../components/toast.tsx'
import { logsAddress } from '../../jobs/job-filter.ts'
import { folderName } from '../../paths.ts'
import { useApi, useApiAction } from '../../queries.ts'
import { Section } from './section.tsx'
import styles from './tools-section.module.css'

type Folders = StorageUsage['folders']

/** What an admin can have done: look through folders, try failed files again, make pictures anew, clear up. */
export function ToolsSection() {
  const { t } = useTranslation()
  const { data, error, refetch } = useApi('storage.usage', {})
  const [chosen, setChosen] = useState('all')
  const folders = data?.folders ?? []
  const folder = folders.find(({ id }) => String(id) === chosen)
  const options = [
    { value: 'all', label: t('tools.allFolders') },
    ...folders.map(({ id, path }) => ({ value: String(id), label: folderName(path) })),
  ]
  return (
    <Section
      id="tools"
      title={t('admin.section.tools')}
      actions={
        folders.length > 1 && (
          <Select
            label={t('tools.folder')}
            value={folder ? chosen : 'all'}
            options={options}
            onChange={setChosen}
          />
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <ul className={styles.list}>
          <Scan folder={folder} />
          <Again
            what="retry-failed"
            icon={<RotateCcw />}
            count={countOf(data, folder, 'failed')}
            folder={folder}
          />
          <Again
            what="rebuild-thumbnails"
            icon={<Image />}
            count={countOf(data, folder, 'pictured')}
            folder={folder}
          />
          <Again
            what="rebuild-previews"
            icon={<Eye />}
            count={countOf(data, folder, 'pictured')}
            folder={folder}
          />
          <ClearUp />
        </ul>
      )}
    </Section>
  )
}

/** How many photos of the chosen folder, or of all; null while they are counted. */
function countOf(
  usage: StorageUsage | undefined,
  folder: Folders[number] | undefined,
  key: 'failed' | 'pictured',
) {
  if (!usage || usage.countedAt === null) return null
  const counted = folder ? [folder] : usage.folders
  return counted.reduce((sum, { counts }) => sum + (counts?.[key] ?? 0), 0)
}

/** Says that work is on its way, and where it can be followed. */
function useTold(): (text: string) => void {
  const { t } = useTranslation()
  const toast = useToast()
  const [, navigate] = useLocation()
  return (text) =>
    toast(text, { action: { label: t('tools.follow'), onSelect: () => navigate(logsAddress({})) } })
}

interface ToolProps {
  icon: ReactNode
  title: string
  text: string
  children: ReactNode
}

const Tool = ({ icon, title, text, children }: ToolProps) => (
  <li className={styles.tool}>
    <span className={styles.icon} aria-hidden="true">
      {icon}
    </span>
    <div className={styles.what}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.text}>{text}</p>
    </div>
    <div className={styles.action}>{children}</div>
  </li>
)

function Scan({ folder }: { folder: Folders[number] | undefined }) {
  const { t } = useTranslation()
  const toast = useToast()
  const told = useTold()
  const failureText = useFailureText()
  const scan = useApiAction('jobs.scan', {
    onSuccess: ({ jobIds }) => told(t('jobs.scanAllDone', { count: jobIds.length })),
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return (
    <Tool icon={<ScanSearch />} title={t('tools.scan.title')} text={t('tools.scan.text')}>
      <Button busy={scan.isPending} onClick={() => scan.mutate(folder ? { folderIds: [folder.id] } : {})}>
        {folder ? t('tools.scan.one', { folder: folderName(folder.path) }) : t('jobs.scanAll')}
      </Button>
    </Tool>
  )
}

interface AgainProps {
  what: Rebuild
  icon: ReactNode
  count: number | null
  folder: Folders[number] | undefined
}

function Again({ what, icon, count, folder }: AgainProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  return (
    <Tool icon={icon} title={t(`tools.${what}.title`)} text={t(`tools.${what}.text`)}>
      {count === null ? (
        <Skeleton width={120} height={36} />
      ) : count === 0 ? (
        <span className={styles.nothing}>{t(`tools.${what}.nothing`)}</span>
      ) : (
        <Button onClick={() => setAsking(true)}>{t(`tools.${what}.button`, { count })}</Button>
      )}
      {asking && (
        <AgainDialog what={what} count={count ?? 0} folder={folder} onClose={() => setAsking(false)} />
      )}
    </Tool>
  )
}

interface AgainDialogProps extends Omit<AgainProps, 'icon'> {
  count: number
  onClose: () => void
}

function AgainDialog({ what, count, folder, onClose }: AgainDialogProps) {
  const { t } = useTranslation()
  const told = useTold()
  const rebuild = useApiAction('jobs.rebuild', {
    onSuccess: ({ jobIds }) => {
      told(jobIds.length === 0 ? t(`tools.${what}.nothing`) : t('tools.begun'))
      onClose()
    },
  })
  const errors = useFormErrors(rebuild.error, [])
  const where = folder ? folderName(folder.path) : t('tools.everyFolder')
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`tools.${what}.title`)}
      description={t(`tools.${what}.ask`, { count, where })}
      onSubmit={() =>
        !rebuild.isPending && rebuild.mutate({ what, ...(folder && { folderIds: [folder.id] }) })
      }
      actions={<FormActions busy={rebuild.isPending} submit={t(`tools.${what}.submit`)} onClose={onClose} />}
    >
      <FormError text={errors.whole} />
    </Dialog>
  )
}

function ClearUp() {
  const { t } = useTranslation()
  const toast = useToast()
  const told = useTold()
  const failureText = useFailureText()
  const clear = useApiAction('jobs.clearCache', {
    onSuccess: () => told(t('tools.clear.begun')),
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  return (
    <Tool icon={<Brush />} title={t('tools.clear.title')} text={t('tools.clear.text')}>
      <Button busy={clear.isPending} onClick={() => clear.mutate({})}>
        {t('tools.clear.button')}
      </Button>
    </Tool>
  )
}
