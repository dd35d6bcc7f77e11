import { serveRequests } from './channel.ts'
import { checkPlace, listPlaces, lookAtFiles } from './places.ts'
import type { DirectoryList, FileLooks, PathCheck, WalkReply, WalkRequest } from './protocol.ts'
import { type WalkEvent, walk } from './walk.ts'

serveRequests<WalkRequest, WalkReply | PathCheck | DirectoryList | FileLooks, WalkEvent>(
  async (request, conversation) => {
    switch (request.kind) {
      case 'walk':
        return walk(request, conversation)
      case 'check':
        return checkPlace(request.path)
      case 'list':
        return listPlaces(request.path)
      case 'stat':
        return lookAtFiles(request.paths)
    }
  },
)
