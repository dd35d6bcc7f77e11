import fc from 'fast-check'

const MARKS = ['private', 'archived'] as const
/** Of links. */
export const PASSWORDS = ['swordfish', 'open sesame'] as const

const small = (max: number) => fc.nat({ max })
const password = fc.constantFrom(null, ...PASSWORDS)
/** Which of the links there are; more of them than that go round. */
const link = fc.nat({ max: 11 })
/** Anything that may happen to what is shared. */
export const anyAct = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('share' as const),
      // by name: with the account, and no address
      byName: fc.boolean(),
      album: fc.boolean(),
      photos: fc.uniqueArray(small(5), { minLength: 2, maxLength: 5 }),
      password,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      link,
      who: small(2),
      // `right`: whatever the link asks for
      password: fc.constantFrom('right', 'right', 'right', undefined, '', ...PASSWORDS),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), link, password }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('mark' as const),
      photo: small(5),
      mark: fc.constantFrom(...MARKS),
      on: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      own: fc.constantFrom(true, true, false),
      shared: fc.constantFrom(true, true, false),
      sharedOn: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take' as const), link, photo: small(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stand' as const),
      role: fc.constantFrom('user' as const, 'user' as const, 'viewer' as const),
      mayLogIn: fc.constantFrom(true, true, false),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), link, over: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), link, byAdmin: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), link }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('contribute' as const), link, photo: small(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('withdraw' as const),
      link,
      photo: small(5),
      byOwner: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lend' as const), on: fc.boolean() }) },
)
export type Act = typeof anyAct extends fc.Arbitrary<infer A> ? A : never
