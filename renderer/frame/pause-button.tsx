import { Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../electron/contract/jobs.ts'
import { IconButton } from '../components/button.tsx'
import { useFailureText } from '../components/failure.ts'
import { useToast } from '../components/toast.tsx'
import { useApiAction } from '../queries.ts'

/** Stops a job for a while or lets it go on, one button in its place, so that the focus stays; nothing where neither may be done. */
export function PauseButton({ job, title }: { job: Job; title: string }) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const onError = (error: unknown) => toast(failureText(error), { bad: true })
  const pause = useApiAction('jobs.pause', { onError })
  const resume = useApiAction('jobs.resume', { onError })
  if (!job.may.pause && !job.may.resume) return null
  const isBusy = pause.isPending || resume.isPending
  return (
    <IconButton
      label={t(job.may.resume ? 'jobs.resume' : 'jobs.pause', { job: title })}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={() => {
        if (!isBusy) (job.may.resume ? resume : pause).mutate({ id: job.id })
      }}
    >
      {job.may.resume ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
    </IconButton>
  )
}
