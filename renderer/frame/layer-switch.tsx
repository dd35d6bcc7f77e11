import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { Select } from '../components/select.tsx'
import { layerSearch, useLayer } from '../library/layer.ts'
import { splitAddress } from '../library/list-address.ts'
import { useMe } from '../me.ts'
import { useApi } from '../queries.ts'

/** One's own needs nothing in the address. */
const MINE = 'mine'

/** For those who see the household: whose photos are shown, one's own, everyone's or one account's. Kept in the address. */
export function LayerSwitch() {
  const { t } = useTranslation()
  const { account, may } = useMe()
  const [location, navigate] = useLocation()
  const layer = useLayer()
  const people = useApi('accounts.list', {}, { enabled: may.viewHousehold && may.administer })
  const others = (people.data?.accounts ?? []).filter(
    ({ id, folders }) => id !== account.id && folders.length > 0,
  )
  const value = layerSearch(layer) || MINE
  const options = [
    { value: MINE, label: t('frame.layer.mine') },
    { value: layerSearch('everyone'), label: t('frame.layer.everyone') },
    ...others.map(({ id, name, username }) => ({
      value: layerSearch({ accountId: id }),
      label: name || username,
    })),
  ]
  // whoever is alone with their folders has nothing to choose
  if (!may.viewHousehold || (others.length === 0 && may.administer && value === MINE)) return null
  if (!options.some((option) => option.value === value))
    options.push({ value, label: t('frame.layer.somebody') })
  const path = splitAddress(location)?.path ?? '/'
  return (
    <Select
      label={t('frame.layer.label')}
      value={value}
      options={options}
      onChange={(next) => navigate(next === MINE ? path : path + next)}
    />
  )
}
