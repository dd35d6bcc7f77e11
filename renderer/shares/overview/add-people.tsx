import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Link } from '../../../electron/contract/shares.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useApi } from '../../queries.ts'
import { PeopleChoice } from '../sharing/people-choice.tsx'

/** Shares with more people what is shared by name; nothing where everybody has it already. */
export function AddPeople({ link, name }: { link: Link; name: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { data } = useApi('shares.people', {})
  const given = new Set(link.guests.map(({ accountId }) => accountId))
  const others = data?.people.filter(({ id }) => !given.has(id)) ?? []
  if (others.length === 0 && !open) return null
  const close = () => setOpen(false)
  return (
    <>
      <Button small look="quiet" icon={<UserPlus />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('share.overview.add')}
        <span className="visually-hidden">: {name}</span>
      </Button>
      {open && (
        <Dialog open onClose={close} title={t('share.overview.addTitle', { name })}>
          {/* to a share that is there: what it is of is settled */}
          <PeopleChoice of={{ photoIds: [] }} people={others} shown={link} onMade={close} />
        </Dialog>
      )}
    </>
  )
}
