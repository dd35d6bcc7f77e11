import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LINK_DOWNLOADS } from '../../../electron/contract/values.ts'
import { useApi } from '../../queries.ts'
import { ChoiceTerm, FormTerm, type Said } from './term.tsx'
import { EndForm, LabelForm, PasswordForm, ViewsForm } from './term-forms.tsx'
import type { Change, Terms } from './terms.ts'
import type { TermName } from './use-term-words.ts'

interface EditorProps extends Said {
  terms: Terms
  hasPassword: boolean
  onChange: Change
}

/** What changes each term. */
export const EDITORS: Readonly<Record<TermName, (props: EditorProps) => ReactNode>> = {
  who: ({ name, text, hasPassword, onChange }) => (
    <FormTerm name={name} text={text}>
      {(close) => <PasswordForm hasPassword={hasPassword} onChange={onChange} onDone={close} />}
    </FormTerm>
  ),
  until: ({ name, text, terms: { expiresAt }, onChange }) => (
    <FormTerm name={name} text={text}>
      {(close) => <EndForm expiresAt={expiresAt} onChange={onChange} onDone={close} />}
    </FormTerm>
  ),
  views: ({ name, text, terms: { viewLimit }, onChange }) => (
    <FormTerm name={name} text={text}>
      {(close) => <ViewsForm viewLimit={viewLimit} onChange={onChange} onDone={close} />}
    </FormTerm>
  ),
  download: DownloadTerm,
  upload: UploadTerm,
  places: (props) => (
    <KeptTerm {...props} kept="places" isKept={props.terms.hidePlaces} options={keepPlaces} />
  ),
  camera: (props) => (
    <KeptTerm {...props} kept="camera" isKept={props.terms.hideCamera} options={keepCamera} />
  ),
  label: ({ name, text, terms: { label }, onChange }) => (
    <FormTerm name={name} text={text}>
      {(close) => <LabelForm label={label} onChange={onChange} onDone={close} />}
    </FormTerm>
  ),
}

const keepPlaces = (hidePlaces: boolean) => ({ hidePlaces })
const keepCamera = (hideCamera: boolean) => ({ hideCamera })

function DownloadTerm({ name, text, terms: { download }, onChange }: EditorProps) {
  const { t } = useTranslation()
  const options = LINK_DOWNLOADS.map((value) => ({
    value,
    label: t(`sharing.terms.download.${value}`),
    text: t(`sharing.terms.download.${value}Text`),
  }))
  return (
    <ChoiceTerm
      name={name}
      text={text}
      value={download}
      options={options}
      onChoose={(chosen) => onChange({ download: chosen })}
    />
  )
}

/** Into which folder those who have it may send photos, if into any. */
function UploadTerm({ name, text, terms: { upload }, onChange }: EditorProps) {
  const { t } = useTranslation()
  const { data } = useApi('uploads.folders', {})
  const options = [
    { value: 'none', label: t('sharing.terms.upload.no'), text: t('sharing.terms.upload.noText') },
    ...(data?.folders ?? []).map(({ id, name: folder }) => ({
      value: String(id),
      label: t('sharing.terms.upload.folder', { folder }),
      text: t('sharing.terms.upload.folderText'),
    })),
  ]
  return (
    <ChoiceTerm
      name={name}
      text={text}
      value={upload ? String(upload.folderId) : 'none'}
      options={options}
      onChoose={(chosen) => onChange({ uploadFolderId: chosen === 'none' ? null : Number(chosen) })}
    />
  )
}

interface KeptTermProps extends EditorProps {
  kept: 'places' | 'camera'
  isKept: boolean
  options: (isKept: boolean) => Parameters<Change>[0]
}

/** Something that the photos tell, or that is kept back. */
function KeptTerm({ name, text, kept, isKept, options, onChange }: KeptTermProps) {
  const { t } = useTranslation()
  const choices = (['with', 'without'] as const).map((value) => ({
    value,
    label: t(`sharing.terms.${kept}.${value}`),
    text: t(`sharing.terms.${kept}.${value}Text`),
  }))
  return (
    <ChoiceTerm
      name={name}
      text={text}
      value={isKept ? 'without' : 'with'}
      options={choices}
      onChoose={(chosen) => onChange(options(chosen === 'without'))}
    />
  )
}
