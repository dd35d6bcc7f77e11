import { Refusal } from '../lib/refusal.ts'
import { answer } from './answer.ts'
import { readJsonBody } from './json-body.ts'
import { isFromElsewhere } from './same-origin.ts'
import type { Visit, WebDoor } from './visit.ts'

/**
 * `POST /rpc/<name>`: one procedure call. The header `x-mantel: 1` can't be sent by another site's page without asking
 * first, which nothing here allows. Throws {@link Refusal} for what does not reach the procedure.
 */
export async function serveRpc({ core, callerOf }: WebDoor, visit: Visit, name: string): Promise<Response> {
  const { request, headers } = visit
  if (request.headers.get('x-mantel') !== '1') throw new Refusal('forbidden', { reason: 'header_missing' })
  if (isFromElsewhere(request)) throw new Refusal('forbidden', { reason: 'cross_site' })
  const input = await readJsonBody(request)
  const result = await core.dispatch(await callerOf(visit), name, input)
  return answer(result, headers)
}
