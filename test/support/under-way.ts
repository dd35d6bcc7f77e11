import { once } from 'node:events'
import { expect } from 'vitest'
import type { WebHousehold } from './web-household.ts'

/** Starts to read what an address answers, and stops after the first bytes. */
export async function startReading(web: Pick<WebHousehold, 'open'>, path: string, cookie: string) {
  const response = await web.open(path, { headers: { cookie } })
  expect(response.statusCode).toBe(200)
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    response.pause()
  })
  // listened for from the beginning: it may break off before anybody waits for that
  const broken = once(response, 'error')
  await once(response, 'data')
  /** bytes so far */
  const received = () => chunks.reduce((sum, { length }) => sum + length, 0)
  return { response, broken, chunks, received }
}
