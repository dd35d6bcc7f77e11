import { accountWho } from '../access/policies.ts'
import type { AccountPrincipal } from '../access/principal.ts'
import { contract } from '../contract/contract.ts'
import { correctPhotos } from '../domain/corrections/correct.ts'
import { type Plan, planOfFiles, planOfRule, planOfValues } from '../domain/corrections/plan.ts'
import { writeSidecars } from '../domain/corrections/sidecars.ts'
import { procedure } from './procedure.ts'
import type { Services } from './services.ts'

async function correct({ db, clock, announce }: Services, by: AccountPrincipal, plan: Plan) {
  const { areas, ...answer } = await correctPhotos({ db, clock }, by, plan)
  if (areas.length > 0) announce({ topic: 'library', areas })
  return answer
}

export const correctionsProcedures = {
  'photos.correct': procedure({
    ...contract['photos.correct'],
    allow: accountWho('correct'),
    run({ by, input, services }) {
      const { ids = [], values, ...rule } = input
      return correct(services, by, values ? planOfValues(values) : planOfRule(ids, rule))
    },
  }),
  'photos.uncorrect': procedure({
    ...contract['photos.uncorrect'],
    allow: accountWho('correct'),
    run: ({ by, input, services }) => correct(services, by, planOfFiles(input.ids, by.flags.places)),
  }),
  'photos.writeSidecars': procedure({
    ...contract['photos.writeSidecars'],
    allow: accountWho('correct'),
    run: ({ by, input, services: { db, sidecars } }) => writeSidecars({ db, sidecars }, by, input),
  }),
}
