import { useMutation } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import { Avatar } from '../../components/avatar.tsx'
import { IconButton } from '../../components/button.tsx'
import { useFailureText } from '../../components/failure.ts'
import { useToast } from '../../components/toast.tsx'
import { PartTerm } from '../sharing/part-term.tsx'
import { PlainTerm } from '../sharing/term.tsx'
import { useShareEdit } from '../sharing/use-shares-of.ts'
import styles from './overview.module.css'

type Person = Link['guests'][number]

interface PeopleProps {
  link: Link
  /** the last of them is to go: with them it ends, which is asked first */
  onLast: () => void
}

/** With whom something is shared by name, what each of them may do, who has looked at it, and what takes one of them out. */
export function People({ link, onLast }: PeopleProps) {
  const { t } = useTranslation()
  const { id, guests, may, content } = link
  const list = useRef<HTMLUListElement>(null)
  const take = useTaking(id)
  if (guests.length === 0) return <p className={styles.quiet}>{t('share.overview.nobody')}</p>
  const remove = (person: Person) => {
    if (guests.length === 1) return onLast()
    list.current?.focus()
    take.mutate(person)
  }
  return (
    <ul ref={list} className={styles.people} aria-label={t('share.overview.people')} tabIndex={-1}>
      {guests.map((person) => (
        <li key={person.accountId} className={styles.person}>
          <Avatar name={person.name} username={person.username} size={24} />
          <span className={styles.who}>
            <span>{person.name}</span>
            {content.kind === 'album' && <Part share={id} person={person} mayChange={may.update} />}
            {!person.hasOpened && <span className={styles.unseen}>{t('share.overview.unseen')}</span>}
          </span>
          {may.update && (
            <IconButton
              label={t('share.overview.removePerson', { name: person.name })}
              className={styles.out}
              disabled={take.isPending && take.variables === person}
              onClick={() => remove(person)}
            >
              <X aria-hidden="true" />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  )
}

interface PartProps {
  share: number
  person: Person
  mayChange: boolean
}

/** What somebody may do with an album, changed where it stands. */
function Part({ share, person: { accountId, name, part }, mayChange }: PartProps) {
  const { t } = useTranslation()
  const edit = useShareEdit()
  const said = { name, text: t(`sharing.terms.part.${part}Of`) }
  return (
    <span className={styles.part}>
      {mayChange ? (
        <PartTerm
          {...said}
          part={part}
          onChoose={(chosen) => edit('shares.setPart', { id: share, accountIds: [accountId], part: chosen })}
        />
      ) : (
        <PlainTerm {...said} />
      )}
    </span>
  )
}

/** Takes somebody out at once, and offers to put them back. */
function useTaking(id: number) {
  const { t } = useTranslation()
  const toast = useToast()
  const failureText = useFailureText()
  const edit = useShareEdit()
  const onError = (error: unknown) => void toast(failureText(error), { bad: true })
  return useMutation({
    mutationFn: ({ accountId }: Person) => edit('shares.removePeople', { id, accountIds: [accountId] }),
    onError,
    onSuccess: (_, { accountId, name, part }) =>
      toast(t('share.overview.removed', { name }), {
        onUndo: () => void edit('shares.addPeople', { id, accountIds: [accountId], part }).catch(onError),
      }),
  })
}
