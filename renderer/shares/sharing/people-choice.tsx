import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../electron/contract/contract.ts'
import type { DirectOptions, Link } from '../../../electron/contract/shares.ts'
import type { SharePart } from '../../../electron/contract/values.ts'
import { call } from '../../api.ts'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { LinkTerms } from './link-terms.tsx'
import { CancelMaking, MakingFailed, MakingProgress } from './making-state.tsx'
import { PartTerm } from './part-term.tsx'
import type { ShareOf } from './share-of.ts'
import styles from './sharing.module.css'
import { PlainTerm } from './term.tsx'
import { termsOf } from './terms.ts'
import { useMaking } from './use-making.ts'

type Person = Output<'shares.people'>['people'][number]

interface PeopleChoiceProps {
  of: ShareOf
  /** who may be added */
  people: readonly Person[]
  /** what they are added to; null: it is shared with somebody for the first time */
  shown: Link | null
  onMade: (id: number) => void
}

/** So many are in sight at once. */
const FEW = 5

/** Ticks people, and shares with them. */
export function PeopleChoice({ of, people, shown, onMade }: PeopleChoiceProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  const [options, setOptions] = useState<DirectOptions>({})
  const [part, setPart] = useState<SharePart>('viewer')
  const isAlbum = shown ? shown.content.kind === 'album' : 'albumId' in of
  const making = useMaking(of, (id) => {
    setTicked(new Set())
    setTyped('')
    onMade(id)
  })
  const chosen = people.filter(({ id }) => ticked.has(id))
  const accountIds = chosen.map(({ id }) => id)
  const wanted = typed.trim().toLocaleLowerCase()
  const found = people.filter(
    ({ id, name, username }) => ticked.has(id) || `${name} ${username}`.toLocaleLowerCase().includes(wanted),
  )
  const share = () => {
    if (accountIds.length === 0) return
    const whom = { accountIds, part }
    if (shown) making.change(shown.id, () => call('shares.addPeople', { id: shown.id, ...whom }))
    else making.make(async (what) => (await call('shares.shareWith', { ...what, ...whom, options })).id)
  }
  const tick = (id: number, isOn: boolean) =>
    setTicked(new Set(isOn ? [...ticked, id] : [...ticked].filter((each) => each !== id)))
  return (
    <div className={styles.card}>
      {people.length > FEW && (
        <TextField label={t('sharing.find')} autoComplete="off" value={typed} onChange={setTyped} />
      )}
      <Ticks people={found} ticked={ticked} onTick={tick} />
      {chosen.length > 0 && (
        <NewTerms
          part={isAlbum ? part : null}
          options={shown ? null : options}
          settled={making.isBegun}
          onPart={setPart}
          onOptions={setOptions}
        />
      )}
      <MakingFailed making={making} />
      <MakingProgress making={making} />
      {chosen.length > 0 && (
        <div className={styles.buttons}>
          <Button look="primary" busy={making.working !== null} onClick={making.resume ?? share}>
            {making.resume ? t('sharing.resume') : t('sharing.shareWith', { count: chosen.length })}
          </Button>
          <CancelMaking making={making} />
        </div>
      )}
    </div>
  )
}

interface NewTermsProps {
  /** null where there is but one */
  part: SharePart | null
  /** null where they are settled: it is shared on them already */
  options: DirectOptions | null
  /** nothing can be chosen any more */
  settled: boolean
  onPart: (part: SharePart) => void
  onOptions: (options: DirectOptions) => void
}

/** What those chosen may do, and on which terms. */
function NewTerms({ part, options, settled, onPart, onOptions }: NewTermsProps) {
  const { t } = useTranslation()
  const said = part && {
    name: t('sharing.terms.name.part'),
    text: t(`sharing.terms.part.${part}Term`),
  }
  const who =
    said && (settled ? <PlainTerm {...said} /> : <PartTerm {...said} part={part} onChoose={onPart} />)
  if (!options) return who && <p>{who}</p>
  return (
    <LinkTerms
      direct
      terms={termsOf(options)}
      hasPassword={false}
      who={who}
      onChange={settled ? null : (changed) => onOptions({ ...options, ...changed })}
    />
  )
}

interface TicksProps {
  people: readonly Person[]
  ticked: ReadonlySet<number>
  onTick: (id: number, isOn: boolean) => void
}

function Ticks({ people, ticked, onTick }: TicksProps) {
  const { t } = useTranslation()
  return (
    <ul className={styles.people} aria-label={t('sharing.choose')}>
      {people.map((person) => (
        <PersonTick
          key={person.id}
          person={person}
          isTicked={ticked.has(person.id)}
          onTick={(isOn) => onTick(person.id, isOn)}
        />
      ))}
      {people.length === 0 && <li className={styles.quiet}>{t('sharing.noneFound')}</li>}
    </ul>
  )
}

interface PersonTickProps {
  person: Person
  isTicked: boolean
  onTick: (isOn: boolean) => void
}

const PersonTick = ({ person: { name, username }, isTicked, onTick }: PersonTickProps) => (
  <li>
    <label className={styles.person}>
      <input
        type="checkbox"
        className={styles.tick}
        checked={isTicked}
        onChange={(event) => onTick(event.target.checked)}
      />
      <Avatar name={name} username={username} size={28} />
      <span className={styles.name}>{name || username}</span>
    </label>
  </li>
)
