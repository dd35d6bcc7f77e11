import { type Act, allowed, anyActor, type Makings, refused, type Verdict, verdict } from './acts.ts'
import { isSuper, may, mayMark, sees } from './rights.ts'
import { type Actor, everybody, FOLDER_NAMES, type Photo, type State, standingOf } from './state.ts'

/** Flags that something which exists by now hangs on, and two that nothing does. */
const SWITCHED = [
  'archive',
  'download',
  'edit',
  'favourites',
  'people',
  'private',
  'registration',
  'share',
  'tags',
  'videos',
  'webdav',
  'lan',
]

/** `flags.set`. */
export function setFlags(makings: Makings): Act {
  const { dice } = makings
  const actor = anyActor(makings)
  const flags: Record<string, boolean> = {}
  for (let count = dice.below(3); count >= 0; count -= 1) flags[dice.pick(SWITCHED)] = dice.in100(60)
  const isMalformed = dice.in100(4)
  if (isMalformed) flags.superAdmin = true
  const judge = (state: State) =>
    verdict(state, { actor, gate: { may: 'superAdminister', operator: true }, isMalformed }, () =>
      allowed((after) => {
        for (const [flag, value] of Object.entries(flags)) after.flags.set(flag, value)
      }),
    )
  return { actor, hostWindow: false, procedure: 'flags.set', input: { flags }, judge }
}

/** `settings.set`: everybody's own matter, and nothing that gives rights; a super admin's choice is the household's too, unless told. */
export function setPreferences(makings: Makings): Act {
  const { dice } = makings
  const actor = anyActor(makings)
  const isMalformed = dice.in100(10)
  const theme = dice.pick(['dark', 'light', null])
  const alsoDefault = dice.in100(50) ? dice.in100(60) : undefined
  const input = {
    theme,
    ...(alsoDefault !== undefined && { alsoDefault }),
    ...(isMalformed && { role: 'admin' }),
  }
  const judge = (state: State) =>
    verdict(state, { actor, gate: {}, isMalformed }, () => {
      const isSuperAdmin = isSuper(state, actor)
      if (alsoDefault && !isSuperAdmin) return refused('forbidden')
      return allowed((after) => {
        if (!(alsoDefault ?? isSuperAdmin)) return
        if (theme === null) after.defaults.delete('default.theme')
        else after.defaults.set('default.theme', theme)
      })
    })
  return { actor, hostWindow: false, procedure: 'settings.set', input, judge }
}

/** `folders.remove`: only of those that nobody has. */
export function forgetFolder(makings: Makings): Act {
  const actor = anyActor(makings)
  const folder = makings.dice.pick(FOLDER_NAMES)
  const judge = (state: State) =>
    verdict(state, { actor, gate: { may: 'administer', operator: true } }, () =>
      everybody(state).some(({ grants }) => grants.has(folder))
        ? refused('conflict')
        : allowed((after) => after.registered.delete(folder)),
    )
  return {
    actor,
    hostWindow: false,
    procedure: 'folders.remove',
    input: { id: makings.areaOf(folder) },
    judge,
  }
}

/** `photos.update`: archived, private or both, of one photo or several; all of them or none. */
export function markPhotos(makings: Makings): Act {
  const { state, dice } = makings
  const actor = anyActor(makings)
  const by = standingOf(state, actor)
  const seen = by.kind === 'account' ? state.photos.filter((photo) => sees(state, by.account, photo)) : []
  const photos = seen.length > 0 && dice.in100(80) ? seen : state.photos
  const ids = [dice.pick(photos).id]
  while (dice.in100(30)) ids.push(dice.pick(photos).id)
  const marks: Marks = {
    ...(dice.in100(60) && { archived: dice.in100(50) }),
    ...(dice.in100(60) && { private: dice.in100(50) }),
  }
  const isMalformed = Object.keys(marks).length === 0
  const judge = (state: State) => {
    const either = standingOf(state, actor)
    const isArchivist = either.kind === 'account' && may(state, either.account, 'archive')
    const gate = { may: isArchivist ? 'archive' : 'setPrivate' }
    return verdict(state, { actor, gate, isMalformed }, () => judgeMarks(state, actor, ids, marks))
  }
  return { actor, hostWindow: false, procedure: 'photos.update', input: { ids, ...marks }, judge }
}

type Marks = Partial<Pick<Photo, 'archived' | 'private'>>

function judgeMarks(state: State, actor: Actor, ids: readonly number[], marks: Marks): Verdict {
  const by = standingOf(state, actor)
  if (by.kind !== 'account') return refused('forbidden')
  const chosen = state.photos.filter(({ id }) => ids.includes(id))
  if (!chosen.every((photo) => sees(state, by.account, photo))) return refused('not_found')
  const isAllowed = (photo: Photo) =>
    (marks.archived === undefined || mayMark(state, by.account, photo, 'archive')) &&
    (marks.private === undefined || mayMark(state, by.account, photo, 'setPrivate'))
  if (!chosen.every(isAllowed)) return refused('forbidden')
  return allowed((after) => {
    for (const photo of after.photos) if (ids.includes(photo.id)) Object.assign(photo, marks)
  })
}
