import { useTranslation } from 'react-i18next'
import { ROLES } from '../electron/contract/values.ts'

/** A role in the window's language; a role of a newer version keeps its own name. */
export function useRoleName(): (role: string) => string {
  const { t } = useTranslation()
  return (role) => {
    const known = ROLES.find((name) => name === role)
    return known ? t(`role.${known}`) : t('role.unknown', { role })
  }
}
