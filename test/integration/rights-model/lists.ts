import { type Act, allowed, anyActor, type Makings, verdict } from './acts.ts'
import { type Gate, holds, isOn, may } from './rights.ts'
import { everybody, eyesOf, FOLDER_NAMES, type State, standingOf } from './state.ts'

interface Listing {
  procedure: string
  gate: Gate
  /** throws where the answer is not as it should be */
  check: (state: State, value: unknown) => void
}

const asked = (makings: Makings, { procedure, gate, check }: Listing): Act => {
  const actor = anyActor(makings)
  const judge = (state: State) =>
    verdict(state, { actor, gate }, () => allowed((_, { value }) => check(state, value)))
  return { actor, hostWindow: false, procedure, input: {}, judge }
}

/** `folders.list`: folders that were given or are roots, each with who was given it. */
export function listFolders(makings: Makings): Act {
  const { areaOf } = makings
  const check = (state: State, value: unknown) => {
    const { folders } = value as { folders: { id: number; accounts: { id: number }[] }[] } // parsed by its schema
    const told = folders.map(({ id, accounts }) =>
      [id, ...accounts.map((one) => one.id).toSorted(byNumber)].join(),
    )
    const expected = FOLDER_NAMES.flatMap((folder) => {
      const holders = everybody(state).filter(({ grants }) => grants.has(folder))
      if (holders.length === 0 && !state.registered.has(folder)) return []
      return [areaOf(folder), ...holders.map(({ id }) => id).toSorted(byNumber)].join()
    })
    requireSame('folders', told, expected)
  }
  return asked(makings, { procedure: 'folders.list', gate: { may: 'administer', operator: true }, check })
}

/** `flags.get`: what is on, for everybody. */
export function listFlags(makings: Makings): Act {
  const check = (state: State, value: unknown) => {
    const { flags } = value as { flags: Record<string, boolean> } // parsed by its schema
    const wrong = Object.entries(flags).filter(([flag, is]) => is !== isOn(state, flag))
    requireSame('flags', wrong.map(String), [])
  }
  return asked(makings, { procedure: 'flags.get', gate: { operator: true, looks: true }, check })
}

/** `jobs.list`: for users those of their own folders, told without a place on the host. */
export function listJobs(makings: Makings): Act {
  const { areaOf } = makings
  const act = asked(makings, {
    procedure: 'jobs.list',
    gate: { may: 'ownJobs', operator: true, looks: true },
    check,
  })
  return act

  function check(state: State, value: unknown): void {
    const by = standingOf(state, act.actor)
    const eyes = eyesOf(by)
    if (!eyes || (by.kind === 'account' && may(state, by.account, 'administer'))) return
    // of an admin's, too, whoever views as them sees what is their own
    const own = FOLDER_NAMES.filter((folder) => holds(eyes, folder)).map(areaOf)
    const { jobs } = value as { jobs: { folderId: number | null; folder: string | null }[] } // parsed by its schema
    const foreign = jobs.filter(
      ({ folderId, folder }) => !own.includes(folderId ?? 0) || folder?.startsWith('/'),
    )
    requireSame(
      'jobs of others',
      foreign.map((job) => JSON.stringify(job)),
      [],
    )
  }
}

const byNumber = (one: number, other: number) => one - other

function requireSame(what: string, told: readonly string[], expected: readonly string[]): void {
  const [one, other] = [told.toSorted().join(' '), expected.toSorted().join(' ')]
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`)
}
