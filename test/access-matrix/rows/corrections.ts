import type { Row } from '../outcomes.ts'
import { PHOTOS } from '../world.ts'
import { changeOutcomes } from './library.ts'

const PROCEDURES = {
  'photos.correct': { shiftMs: 0 },
  'photos.uncorrect': {},
  'photos.writeSidecars': {},
} as const

/** Sidecars lie in the folder: of a drive that is away each photo's failure is told, which is an answer. */
export const correctionRows: Row[] = [
  ...Object.entries(PROCEDURES).flatMap(([procedure, extra]) => [
    ...PHOTOS.map(
      (name): Row => ({
        procedure,
        object: name,
        input: ({ photo }) => ({ ids: [photo[name]], ...extra }),
        expect: changeOutcomes(name),
      }),
    ),
    {
      procedure,
      object: 'own ones and one that is foreign',
      input: ({ photo }) => ({ ids: [photo.own, photo.foreign], ...extra }),
      expect: changeOutcomes('foreign'),
    } satisfies Row,
  ]),
  ...PHOTOS.map(
    (name): Row => ({
      procedure: 'photos.correct',
      object: `${name}, by value`,
      input: ({ photo }) => ({ values: [{ id: photo[name], date: 'file' }] }),
      expect: changeOutcomes(name),
    }),
  ),
]
