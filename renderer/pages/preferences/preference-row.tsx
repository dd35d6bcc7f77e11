import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import type { PreferenceKey, Preferences } from '../../../electron/contract/settings.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Choice } from './choice.tsx'
import styles from './preferences.module.css'
import { useSavePreference } from './use-save-preference.ts'

type State = Output<'settings.get'>

interface PreferenceRowProps<K extends PreferenceKey> {
  preference: K
  label: string
  options: readonly { value: Preferences[K]; label: string }[]
  /** few and short: side by side instead of in a list */
  sideBySide?: boolean
  /** undefined while it is loaded */
  state: State | undefined
}

type LoadedProps<K extends PreferenceKey> = PreferenceRowProps<K> & { state: State }

/** One preference: chosen or inherited, with the way back, and for super admins whether everyone else gets it too. */
export function PreferenceRow<K extends PreferenceKey>(props: PreferenceRowProps<K>) {
  const { label, sideBySide, state } = props
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      {state ? <Loaded {...props} state={state} /> : <Skeleton width={sideBySide ? 240 : 160} height={36} />}
    </div>
  )
}

function Loaded<K extends PreferenceKey>(props: LoadedProps<K>) {
  const { preference, label, options, sideBySide, state } = props
  const { t } = useTranslation()
  const { control, focusOnceInherited } = useFocusAfterReset(state.inherited[preference])
  const { save, isForAll, tick } = useTick(props)
  const Control = sideBySide ? Choice<Preferences[K]> : Select<Preferences[K]>
  const ofEveryone = options.find(({ value }) => value === state.defaults[preference])?.label
  return (
    <>
      <div ref={control}>
        <Control label={label} value={state.preferences[preference]} options={options} onChange={save} />
      </div>
      <span className={styles.origin}>
        {state.inherited[preference] ? (
          t('preferences.inherited')
        ) : (
          <Button
            small
            look="quiet"
            aria-label={`${t('preferences.reset')}: ${label}`}
            onClick={() => {
              focusOnceInherited()
              save(null)
            }}
          >
            {t('preferences.reset')}
          </Button>
        )}
      </span>
      {state.maySetDefaults && (
        <div className={styles.forEveryone}>
          <Checkbox text={t('preferences.alsoDefault')} about={label} checked={isForAll} onChange={tick} />
          {ofEveryone && state.preferences[preference] !== state.defaults[preference] && (
            <span>{t('preferences.everyoneElse', { value: ofEveryone })}</span>
          )}
        </div>
      )}
    </>
  )
}

/** The tick box of super admins: cleared for what was kept private, else ticked. Ticking makes a private choice everyone's. */
function useTick<K extends PreferenceKey>({ preference, label, options, state }: LoadedProps<K>) {
  const { maySetDefaults, inherited, preferences, defaults } = state
  const isPrivate = !inherited[preference] && preferences[preference] !== defaults[preference]
  const [ticked, setTicked] = useState<boolean | null>(null)
  const isForAll = ticked ?? !isPrivate
  const write = useSavePreference({ preference, label, options, onUndone: () => setTicked(null) })
  return {
    isForAll,
    save: (value: Preferences[K] | null) => write(value, maySetDefaults && isForAll),
    tick(checked: boolean) {
      setTicked(checked)
      if (checked && isPrivate) write(preferences[preference], true)
    },
  }
}

/** The button that resets goes away with its press: the focus then goes to what was reset. */
function useFocusAfterReset(isInherited: boolean) {
  const control = useRef<HTMLDivElement>(null)
  const wanted = useRef(false)
  useEffect(() => {
    if (!isInherited || !wanted.current) return
    wanted.current = false
    control.current?.querySelector<HTMLElement>('input:checked, button')?.focus()
  }, [isInherited])
  return {
    control,
    focusOnceInherited: () => {
      wanted.current = true
    },
  }
}
