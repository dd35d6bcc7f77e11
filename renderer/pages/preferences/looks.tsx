import { useTranslation } from 'react-i18next'
import {
  DATE_FORMATS,
  DENSITIES,
  LANGUAGES,
  SLIDESHOW_SECONDS,
  START_PAGES,
  THEMES,
} from '../../../electron/contract/values.ts'
import { ErrorState } from '../../components/state.tsx'
import { useMe } from '../../me.ts'
import { useApi } from '../../queries.ts'
import { PreferenceRow } from './preference-row.tsx'
import styles from './preferences.module.css'

/** What Mantel looks like and where it begins, each chosen or inherited from the household. */
export function Looks() {
  const { t } = useTranslation()
  const { may } = useMe()
  const { data, error, refetch } = useApi('settings.get', {})
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <div className={styles.rows}>
      <PreferenceRow
        preference="theme"
        label={t('preferences.theme')}
        options={THEMES.map((value) => ({ value, label: t(`preferences.themes.${value}`) }))}
        sideBySide
        state={data}
      />
      <PreferenceRow
        preference="language"
        label={t('preferences.language')}
        options={LANGUAGES.map((value) => ({ value, label: t(`preferences.languages.${value}`) }))}
        state={data}
      />
      <PreferenceRow
        preference="density"
        label={t('preferences.density')}
        options={DENSITIES.map((value) => ({ value, label: t(`preferences.densities.${value}`) }))}
        sideBySide
        state={data}
      />
      <PreferenceRow
        preference="dateFormat"
        label={t('preferences.dateFormat')}
        options={DATE_FORMATS.map((value) => ({ value, label: t(`preferences.dateFormats.${value}`) }))}
        state={data}
      />
      {may.viewLibrary && (
        <PreferenceRow
          preference="slideshow"
          label={t('preferences.slideshow')}
          options={SLIDESHOW_SECONDS.map((value) => ({
            value,
            label: t('viewer.slideshow.each', { count: Number(value) }),
          }))}
          state={data}
        />
      )}
      {may.administer && (
        <PreferenceRow
          preference="startPage"
          label={t('preferences.startPage')}
          options={START_PAGES.map((value) => ({ value, label: t(`preferences.startPages.${value}`) }))}
          sideBySide
          state={data}
        />
      )}
    </div>
  )
}
