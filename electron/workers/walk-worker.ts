import { serveRequests } from './channel.ts'
import { checkPlace, listPlaces } from './places.ts'
import type { DirectoryList, PathCheck, WalkBatch, WalkReply, WalkRequest } from './protocol.ts'
import { walk } from './walk.ts'

serveRequests<WalkRequest, WalkReply | PathCheck | DirectoryList, WalkBatch>(
  async (request, conversation) => {
    switch (request.kind) {
      case 'walk':
        return walk(request, conversation)
      case 'check':
        return checkPlace(request.path)
      case 'list':
        return listPlaces(request.path)
    }
  },
)
