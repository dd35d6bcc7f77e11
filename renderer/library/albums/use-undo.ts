import { useTranslation } from 'react-i18next'
import type { Input } from '../../../electron/contract/contract.ts'
import { call } from '../../api.ts'
import { useFailureText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'

type Undoable = 'albums.update' | 'albums.take' | 'albums.add' | 'albums.arrange' | 'photos.tag'

/** Sends the inputs that bring back what was, one after the other, and says when that was not possible. */
export function useUndo<N extends Undoable>(name: N): (inputs: readonly Input<N>[]) => void {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  return (inputs) => {
    const all = async () => {
      for (const input of inputs) await call(name, input)
    }
    all().then(
      () => toast(t('common.undone')),
      (error: unknown) => toast(failureText(error), { bad: true }),
    )
  }
}
