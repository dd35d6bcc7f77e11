import { accountWho } from '../access/policies.ts'
import { contract } from '../contract/contract.ts'
import { setOverlay, setSharedCaption } from '../domain/overlays/edit.ts'
import { procedure } from './procedure.ts'

export const overlayProcedures = {
  'photos.overlay': procedure({
    ...contract['photos.overlay'],
    allow: accountWho('favourite', 'rate', 'caption'),
    async run({ by, input, services }) {
      const done = await setOverlay(services, by, input)
      if (done.changed.length > 0) services.announce({ topic: 'overlay', accounts: [by.accountId] })
      return done
    },
  }),
  'photos.sharedCaption': procedure({
    ...contract['photos.sharedCaption'],
    allow: accountWho('captionForAll'),
    async run({ by, input, services }) {
      const { areas, ...done } = await setSharedCaption(services, by, input)
      if (areas.length > 0) services.announce({ topic: 'overlay', areas })
      return done
    },
  }),
}
