import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../../me.ts'
import { useApiAction } from '../../queries.ts'
import { FirstPictures } from './first-pictures.tsx'
import { HouseholdStep } from './household-step.tsx'
import { Steps } from './steps.tsx'

/** The first run after the super admin exists: the pictures come in, then the other people. */
export function Continuing() {
  const { folderCount } = useMe()
  const client = useQueryClient()
  const [step, setStep] = useState<'pictures' | 'household'>(folderCount > 0 ? 'pictures' : 'household')
  const finish = useApiAction('setup.finish', { onSuccess: () => client.invalidateQueries() })
  return (
    <>
      <Steps current={step} />
      {step === 'pictures' ? (
        <FirstPictures onNext={() => setStep('household')} />
      ) : (
        <HouseholdStep
          {...(folderCount > 0 && { onBack: () => setStep('pictures') })}
          busy={finish.isPending || finish.isSuccess}
          error={finish.error}
          onFinish={() => finish.mutate({})}
        />
      )}
    </>
  )
}
