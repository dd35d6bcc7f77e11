import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../../electron/contract/contract.ts'
import type { PreferenceKey, Preferences } from '../../../electron/contract/settings.ts'
import { useFailureText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'
import { queryKey, useApiAction } from '../../queries.ts'

type State = Output<'settings.get'>

interface Saved<K extends PreferenceKey> {
  preference: K
  label: string
  options: readonly { value: Preferences[K]; label: string }[]
  onUndone: () => void
}

/**
 * Saves a preference at once (null: as it is inherited); what the window looks like follows from session.me. Where that gave everyone
 * another default, it is told, with the way back.
 */
export function useSavePreference<K extends PreferenceKey>({
  preference,
  label,
  options,
  onUndone,
}: Saved<K>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  const failureText = useFailureText()
  const { mutateAsync } = useApiAction('settings.set', {
    onSuccess: (state) => {
      client.setQueryData<State>(queryKey('settings.get', {}), state)
      client.setQueryData<Output<'session.me'>>(
        queryKey('session.me', {}),
        (me) => me && { ...me, preferences: state.preferences },
      )
    },
    onError: (error) => toast(failureText(error), { bad: true }),
  })
  const write = (value: Preferences[K] | null, alsoDefault: boolean) =>
    // a computed key loses its name: it is one of the input's, with a value of its own kind
    mutateAsync({ [preference]: value, alsoDefault } as Input<'settings.set'>)

  async function undo({ defaults, inherited, preferences }: State) {
    await write(defaults[preference], true)
    await write(inherited[preference] ? null : preferences[preference], false)
    onUndone()
  }

  return async (value: Preferences[K] | null, alsoDefault: boolean): Promise<void> => {
    const before = client.getQueryData<State>(queryKey('settings.get', {}))
    const after = await write(value, alsoDefault).catch(() => undefined)
    if (!before || !after || before.defaults[preference] === after.defaults[preference]) return
    const chosen = options.find((option) => option.value === after.defaults[preference])?.label ?? ''
    toast(t('preferences.defaultChanged', { label, value: chosen }), {
      // what failed was told
      onUndo: () => void undo(before).catch(() => undefined),
    })
  }
}
