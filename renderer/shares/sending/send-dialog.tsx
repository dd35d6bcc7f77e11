import { CircleAlert, CircleCheck, ImagePlus, RotateCw, X } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldLink } from '../../../electron/contract/shares.ts'
import { SENDER_NAME_MAX } from '../../../electron/contract/values.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { classes } from '../../components/classes.ts'
import { Dialog } from '../../components/dialog.tsx'
import { useFailureText } from '../../components/failure.ts'
import { TextField } from '../../components/field.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { formatBytes } from '../../format.ts'
import { useMaybeMe } from '../../me.ts'
import styles from './send-dialog.module.css'
import type { Item, Sending } from './use-sending.ts'

interface SendDialogProps {
  open: boolean
  link: HeldLink
  sending: Sending
  onClose: () => void
}

/** Where photos are chosen or dropped that go to whoever made the link, and how each of them is getting on. */
export function SendDialog({ open, link, sending, onClose }: SendDialogProps) {
  const { t } = useTranslation()
  const isVisitor = useMaybeMe() === null
  const [name, setName] = useState('')
  const { items } = sending
  const text = link.by === '' ? t('send.lookedAt') : t('send.lookedAtBy', { name: link.by })
  const changeName = (given: string) => {
    setName(given)
    sending.setSender(given)
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('send.send')}
      description={text}
      keepOpen={items.length > 0}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('send.done')}
        </Button>
      }
    >
      {isVisitor && (
        <TextField
          label={t('send.name')}
          hint={t('send.nameHint')}
          value={name}
          onChange={changeName}
          maxLength={SENDER_NAME_MAX}
          autoComplete="name"
        />
      )}
      <Chooser onFiles={sending.add} />
      <p className="visually-hidden" role="status">
        {items.length > 0 && t('send.arrived', { done: arrivedOf(items), count: items.length })}
      </p>
      {items.length > 0 && (
        <ul className={styles.items} aria-label={t('send.files')}>
          {items.map((item) => (
            <Row key={item.key} item={item} sending={sending} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

const arrivedOf = (items: readonly Item[]) =>
  items.filter(({ state }) => state === 'held' || state === 'known').length

/** The system's own chooser, and a place to drop files on. */
function Chooser({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    onFiles(event.dataTransfer.files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way for mice; the button inside is everybody's
    <div
      className={classes(styles.chooser, isOver && styles.over)}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        multiple
        accept="image/*,video/*"
        tabIndex={-1}
        aria-hidden="true"
        className={styles.input}
        onChange={(event) => {
          onFiles(event.target.files ?? [])
          // the same files can be chosen once more
          event.target.value = ''
        }}
      />
      <Button icon={<ImagePlus />} onClick={() => input.current?.click()}>
        {t('send.choose')}
      </Button>
      <p className={styles.hint}>{t('send.drop')}</p>
    </div>
  )
}

function Row({ item, sending }: { item: Item; sending: Sending }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { key, file, state, gone, failure } = item
  const isOver = state === 'held' || state === 'known'
  return (
    <li className={styles.item}>
      <span className={styles.words}>
        <span className={styles.name}>{file.name}</span>
        <span className={classes(styles.fact, state === 'failed' && styles.bad)}>
          {state === 'failed'
            ? failureText(failure)
            : t(`send.state.${state}`, { size: formatBytes(file.size) })}
        </span>
        {state === 'goes' && <ProgressBar label={file.name} done={gone} total={file.size} />}
      </span>
      {isOver && <CircleCheck className={styles.good} aria-hidden="true" />}
      {state === 'failed' && <CircleAlert className={styles.bad} aria-hidden="true" />}
      {state === 'failed' && (
        <IconButton label={t('send.again', { name: file.name })} onClick={() => sending.again(key)}>
          <RotateCw aria-hidden="true" />
        </IconButton>
      )}
      {!isOver && (
        <IconButton label={t('send.cancel', { name: file.name })} onClick={() => sending.remove(key)}>
          <X aria-hidden="true" />
        </IconButton>
      )}
    </li>
  )
}
