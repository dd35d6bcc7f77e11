import { ACCOUNTS, alsoViewing, LIBRARY, type Outcome, type Row } from '../outcomes.ts'
import type { Who, World } from '../world.ts'

type Outcomes = Record<Who, Outcome>

const ADMINS = ['admin', 'super', 'unknownRoleWithFlag'] as const
const MEMBERS = ['guest', 'viewer', 'user', ...ADMINS] as const

const all = (outcomes: Outcomes, who: readonly Who[], outcome: Outcome): Outcomes => ({
  ...outcomes,
  ...Object.fromEntries(who.map((each) => [each, outcome])),
})

/** Viewers only take, and whoever views as somebody else sends nothing. */
const SENDERS: Outcomes = { ...ACCOUNTS, viewer: 'forbidden', visitor: 'ok' }
const NOT_HELD = all(SENDERS, ['guest', 'user', 'visitor', ...ADMINS], 'not_found')
const NOT_OFFERED = all(SENDERS, ['guest', 'user', 'visitor', ...ADMINS], 'forbidden')
/** What came by another's link, for a folder that none of them holds. */
const NOT_THEIRS = all(ACCOUNTS, MEMBERS, 'not_found')

const file = { name: 'IMG_1.jpg', size: 10 }

/** A file that is on its way through a link, of nobody where they may not send. */
async function begun({ call, callers, services, uploading }: World, who: Who): Promise<string> {
  // what those before began takes places
  await services.uploads.close()
  const result = await call(callers[who], 'uploads.begin', { ...file, share: uploading.id })
  const { id } = result.ok ? (result.value as { id: string }) : { id: 'none' } // as its schema says
  await services.uploads.incoming(id)?.write(Buffer.from('\xff\xd8\xff\xe0 a JPEG', 'latin1').subarray(0, 10))
  return id
}

export const uploadRows: Row[] = [
  ...(['uploads.begin', 'uploads.may'] as const).flatMap((procedure): Row[] => {
    const said = procedure === 'uploads.begin' ? file : {}
    return [
      {
        procedure,
        object: 'a link that was opened',
        input: async ({ uploading, services }) => {
          await services.uploads.close()
          return { ...said, share: uploading.id }
        },
        expect: SENDERS,
      },
      {
        procedure,
        object: 'a link that was opened and takes nothing',
        input: ({ opened }) => ({ ...said, share: opened.id }),
        expect: NOT_OFFERED,
      },
      {
        procedure,
        object: 'a link that was not',
        input: async (world) => ({ ...said, share: (await world.unopened()).id }),
        expect: NOT_HELD,
      },
    ]
  }),
  {
    procedure: 'uploads.finish',
    object: 'own',
    input: async (world, who) => ({ id: await begun(world, who) }),
    expect: SENDERS,
  },
  {
    procedure: 'uploads.finish',
    object: "another sender's",
    input: async (world) => ({ id: await begun(world, 'admin') }),
    expect: { ...NOT_HELD, admin: 'ok' },
  },
  { procedure: 'uploads.list', input: () => ({}), expect: ACCOUNTS },
  { procedure: 'uploads.folders', input: () => ({}), expect: alsoViewing(ACCOUNTS) },
  {
    procedure: 'uploads.accept',
    object: "another's",
    input: ({ heldUpload }) => ({ ids: [heldUpload] }),
    expect: all({ ...LIBRARY, viewer: 'forbidden' }, ['user', ...ADMINS], 'not_found'),
  },
  ...(['uploads.decline', 'uploads.restore'] as const).map(
    (procedure): Row => ({
      procedure,
      object: "another's",
      input: ({ heldUpload }) => ({ ids: [heldUpload] }),
      expect: NOT_THEIRS,
    }),
  ),
  ...(['uploads.open', 'uploads.mayOpen'] as const).map(
    (procedure): Row => ({
      procedure,
      object: "another's",
      input: ({ heldUpload }) => ({ upload: heldUpload, kind: 'thumb' }),
      expect: NOT_THEIRS,
    }),
  ),
]
