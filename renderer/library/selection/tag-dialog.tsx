import { Plus, Tag } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { formatNumber } from '../../format.ts'
import { useApi } from '../../queries.ts'
import { tagThem } from '../bulk/acts.ts'
import { pathOf, pathText, tagPaths } from '../tags/tag-paths.ts'
import styles from './ask-dialog.module.css'
import type { AskProps } from './ask-dialog.tsx'

/** One tag for all selected photos: one that is there, or a new one. */
export function TagDialog({ asking: { idsFor }, work, onClose }: AskProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [forAll, setForAll] = useState(false)
  const { data } = useApi('tags.list', {})
  const shareable = idsFor('tagForAll')
  const ids = forAll ? shareable : idsFor('tag')
  const path = pathOf(typed)
  const wanted = pathText(path).toLocaleLowerCase()
  const tags = (data?.tags ?? []).filter(({ shared }) => shared === forAll)
  const paths = tagPaths(tags)
  const known = tags
    .map(({ id, count }) => ({ id, count, path: paths.get(id) ?? [], text: pathText(paths.get(id) ?? []) }))
    .filter(({ text }) => text.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => a.text.localeCompare(b.text))
  const isNew = path.length > 0 && !known.some(({ text }) => text.toLocaleLowerCase() === wanted)
  const tag = (add: string[]) => {
    onClose()
    work('tag', ids, tagThem(call, { add: [add], ...(forAll && { shared: true }) }))
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('selection.ask.tag.title', { count: ids.length })}
      onSubmit={() =>
        path.length > 0 && tag(known.find(({ text }) => text.toLocaleLowerCase() === wanted)?.path ?? path)
      }
      actions={<Button onClick={onClose}>{t('common.cancel')}</Button>}
    >
      <TextField
        label={t('selection.ask.tag.field')}
        hint={t('selection.ask.tag.hint')}
        autoComplete="off"
        value={typed}
        onChange={setTyped}
      />
      {shareable.length > 0 && (
        <Checkbox text={t('selection.ask.forAll')} checked={forAll} onChange={setForAll} />
      )}
      <ul className={styles.list} aria-label={t('selection.ask.tag.known')}>
        {isNew && (
          <li>
            <button type="button" className={styles.entry} onClick={() => tag(path)}>
              <Plus />
              <span className={styles.name}>{t('selection.ask.tag.new', { name: pathText(path) })}</span>
            </button>
          </li>
        )}
        {data && tags.length === 0 && path.length === 0 && (
          <li className={styles.none}>{t('selection.ask.tag.none')}</li>
        )}
        {known.map(({ id, path: names, text, count }) => (
          <li key={id}>
            <button type="button" className={styles.entry} onClick={() => tag(names)}>
              <Tag />
              <span className={styles.name}>{text}</span>
              <span className={styles.number}>{formatNumber(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
