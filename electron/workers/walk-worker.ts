import { serveRequests } from './channel.ts'
import { measureDirectory, measureDisk } from './measure.ts'
import { lookAtOriginal, readOriginal } from './originals.ts'
import { placeFile } from './place.ts'
import { checkPlace, listPlaces, lookAtFiles } from './places.ts'
import { writeSidecar } from './sidecar.ts'
import { type WalkEvent, walk } from './walk.ts'
import type { PlaceEvent, WalkAnswer, WalkRequest } from './walk-messages.ts'
import { findLeftOut } from './walk-rules.ts'

serveRequests<WalkRequest, WalkAnswer, WalkEvent | PlaceEvent>(async (request, conversation) => {
  switch (request.kind) {
    case 'walk':
      return walk(request, conversation)
    case 'check':
      return checkPlace(request.path)
    case 'list':
      return listPlaces(request.path)
    case 'stat':
      return lookAtFiles(request.paths)
    case 'leftOut':
      return { ok: true, leftOut: findLeftOut(request) }
    case 'measure':
      return measureDirectory(request.path, request.name)
    case 'space':
      return measureDisk(request.path)
    case 'look':
      return lookAtOriginal(request)
    case 'read':
      return readOriginal(request)
    case 'writeSidecar':
      return writeSidecar(request)
    case 'place':
      return placeFile(request, () => conversation.tell('placing'))
  }
})
