import { useTranslation } from 'react-i18next'
import { formatLongDate, formatMoment } from '../../format.ts'
import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'
import { isEndOfDay } from './link-end.ts'
import type { Terms } from './terms.ts'

export type TermName = 'who' | 'until' | 'views' | 'download' | 'upload' | 'places' | 'camera' | 'label'

interface TermWords {
  term: TermName
  /** what it is about, for screen readers: “End” */
  name: string
  /** what holds: “until 1 August 2026” */
  text: string
  /** nothing that can be chosen here */
  fixed: boolean
}

/** The sentences of a link's terms, in their order. */
export function useTermWords(
  terms: Terms,
  { hasPassword, direct }: { hasPassword: boolean; direct: boolean },
): TermWords[] {
  const { t } = useTranslation()
  const { flags } = useMe()
  const { label, expiresAt, viewLimit, download, hidePlaces, hideCamera } = terms
  const upload = useUploadWord(terms)
  const until = () => {
    if (expiresAt === null) return t('sharing.terms.until.never')
    const end = isEndOfDay(expiresAt) ? formatLongDate(expiresAt) : formatMoment(expiresAt)
    return t(expiresAt <= Date.now() ? 'sharing.terms.until.over' : 'sharing.terms.until.end', { end })
  }
  const views = () =>
    viewLimit === null ? t('sharing.terms.views.any') : t('sharing.terms.views.most', { count: viewLimit })
  const who = direct ? 'people' : hasPassword ? 'password' : 'link'
  // what is switched off for the whole household holds for every link
  const saved = flags.download ? download : 'none'
  const places = hidePlaces || !flags.places ? 'without' : 'with'
  const word = (term: TermName, text: string, fixed = false) => ({
    term,
    name: t(`sharing.terms.name.${term}`),
    text,
    fixed,
  })
  return [
    word('who', t(`sharing.terms.who.${who}`), direct),
    word('until', until()),
    ...(direct ? [] : [word('views', views())]),
    word('download', t(`sharing.terms.download.${saved}Term`), !flags.download),
    // where there is no folder for it, nothing can be chosen
    ...(direct || upload === null ? [] : [word('upload', upload.text, upload.fixed)]),
    word('places', t(`sharing.terms.places.${places}`), !flags.places),
    word('camera', t(`sharing.terms.camera.${hideCamera ? 'without' : 'with'}`)),
    word('label', label ? t('sharing.terms.label.some', { label }) : t('sharing.terms.label.none')),
  ]
}

/** Whether files may be sent through it; null where that is neither so nor possible. */
function useUploadWord({ upload }: Terms): { text: string; fixed: boolean } | null {
  const { t } = useTranslation()
  const { flags } = useMe()
  const { data } = useApi('uploads.folders', {})
  const folders = data?.folders ?? []
  if (!upload || !flags.upload)
    return folders.length === 0 ? null : { text: t('sharing.terms.upload.none'), fixed: !flags.upload }
  const name = upload.name || folders.find(({ id }) => id === upload.folderId)?.name || ''
  return { text: t('sharing.terms.upload.into', { folder: name }), fixed: false }
}
