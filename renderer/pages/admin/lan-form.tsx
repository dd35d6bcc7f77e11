import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../../electron/contract/contract.ts'
import field from '../../components/field.module.css'
import { Field, TextField } from '../../components/field.tsx'
import { useFormErrors } from '../../components/form-errors.ts'
import { useToast } from '../../components/toast.tsx'
import { queryKey, useApiAction } from '../../queries.ts'
import { EditedForm } from './edited-form.tsx'
import styles from './library-section.module.css'

type Settings = Output<'settings.lan'>

/** The settings as the form edits them: all text. */
interface Draft {
  address: string
  port: string
  publicAddress: string
  /** a line each */
  proxies: string
}

const draftOf = ({ address, port, publicAddress, proxies }: Settings): Draft => ({
  address,
  port: String(port),
  publicAddress,
  proxies: proxies.join('\n'),
})

const settingsOf = ({ address, port, publicAddress, proxies }: Draft) =>
  ({
    address,
    // the server tells what is no number, too
    port: port.trim() === '' ? null : Number(port),
    publicAddress,
    proxies: proxies
      .split(/[\s,]+/)
      .map((proxy) => proxy.trim())
      .filter((proxy) => proxy !== ''),
    // checked by the server: what is wrong is told at its field
  }) as Input<'settings.setLan'>

/** Where the house is served, and how it is reached from outside. */
export function LanForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const toast = useToast()
  // null: as it is saved, so that what another admin changes shows
  const [edited, setEdited] = useState<Draft | null>(null)
  const draft = edited ?? draftOf(settings)
  const save = useApiAction('settings.setLan', {
    onSuccess: (saved) => {
      client.setQueryData<Settings>(queryKey('settings.lan', {}), saved)
      setEdited(null)
      toast(t('lan.saved'))
    },
  })
  const errors = useFormErrors(save.error, ['address', 'port', 'publicAddress', 'proxies'])
  const change = (part: Partial<Draft>) => setEdited({ ...draft, ...part })
  const line = (name: 'address' | 'publicAddress') => ({
    label: t(`lan.${name}`),
    hint: t(`lan.${name}Hint`),
    value: draft[name],
    onChange: (text: string) => change({ [name]: text }),
    error: errors.of(name),
    spellCheck: false,
    autoCapitalize: 'off',
  })
  return (
    <EditedForm
      errors={errors}
      isEdited={edited !== null}
      isSaving={save.isPending}
      onSave={() => save.mutate(settingsOf(draft))}
      onDiscard={() => {
        setEdited(null)
        save.reset()
      }}
    >
      <div className={styles.part}>
        <TextField {...line('address')} placeholder={t('lan.addressAll')} />
        <TextField
          label={t('lan.port')}
          className={styles.short}
          inputMode="numeric"
          value={draft.port}
          onChange={(port) => change({ port })}
          hint={t('lan.portHint')}
          error={errors.of('port')}
        />
      </div>
      <div className={styles.part}>
        <TextField {...line('publicAddress')} inputMode="url" placeholder="https://photos.example.org" />
        <Field label={t('lan.proxies')} hint={t('lan.proxiesHint')} error={errors.of('proxies')}>
          {(control) => (
            <textarea
              {...control}
              className={`${field.input} ${styles.patterns}`}
              rows={3}
              spellCheck={false}
              autoCapitalize="off"
              placeholder="192.168.1.2"
              value={draft.proxies}
              onChange={(event) => change({ proxies: event.target.value })}
            />
          )}
        </Field>
      </div>
    </EditedForm>
  )
}
