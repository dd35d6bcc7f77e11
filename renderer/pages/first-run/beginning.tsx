import { useEffect, useState } from 'react'
import { useFormErrors } from '../../components/form-errors.ts'
import { suggestUsername } from '../../people/person-draft.ts'
import { useApi, useApiAction } from '../../queries.ts'
import { sessionChanged } from '../../session-change.ts'
import { ChoosePictures } from './choose-pictures.tsx'
import { Steps } from './steps.tsx'
import { You, type YouDraft } from './you.tsx'

const YOU_FIELDS = ['code', 'name', 'username', 'password']

/** The first run before anybody exists: who you are, and which folder your pictures are in. */
export function Beginning() {
  const status = useApi('setup.status', {})
  const [step, setStep] = useState<'you' | 'pictures'>('you')
  const [you, setYou] = useState<YouDraft>({ code: '', name: '', username: null, password: '' })
  const [folder, setFolder] = useState('')
  const create = useApiAction('setup.create', { onSuccess: sessionChanged })
  const errors = useFormErrors(create.error, step === 'you' ? YOU_FIELDS : ['folder'])

  const fields = create.error?.error.fields
  useEffect(() => {
    // what is wrong with the first step is put right there
    if (YOU_FIELDS.some((field) => fields?.[field])) setStep('you')
  }, [fields])

  const begin = () => {
    const code = you.code.trim()
    create.mutate({
      ...(code && { code }),
      name: you.name,
      username: (you.username ?? suggestUsername(you.name)).trim(),
      password: you.password,
      ...(folder.trim() && { folder: folder.trim() }),
    })
  }

  return (
    <div ref={errors.ref}>
      <Steps current={step} />
      {step === 'you' ? (
        <You
          draft={you}
          onChange={(change) => setYou({ ...you, ...change })}
          codeNeeded={status.data?.codeNeeded ?? true}
          errors={errors}
          onNext={() => setStep('pictures')}
        />
      ) : (
        <ChoosePictures
          folder={folder}
          onChange={setFolder}
          hostWindow={status.data?.hostWindow ?? false}
          errors={errors}
          busy={create.isPending || create.isSuccess}
          onBack={() => setStep('you')}
          onBegin={begin}
        />
      )}
    </div>
  )
}
