import { serveRequests } from './channel.ts'
import { checkPlace, listPlaces, lookAtFiles } from './places.ts'
import type { DirectoryList, FileLooks, LeftOut, PathCheck, WalkReply, WalkRequest } from './protocol.ts'
import { type WalkEvent, walk } from './walk.ts'
import { findLeftOut } from './walk-rules.ts'

serveRequests<WalkRequest, WalkReply | PathCheck | DirectoryList | FileLooks | LeftOut, WalkEvent>(
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
      case 'leftOut':
        return { ok: true, leftOut: findLeftOut(request) }
    }
  },
)
