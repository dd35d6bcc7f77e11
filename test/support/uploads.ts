import sharp from 'sharp'
import type { Caller } from '../../electron/api/caller.ts'
import type { TestHousehold } from './household.ts'

/** A small JPEG; another shade is another file. */
export function jpegOf(shade = 120): Promise<Buffer> {
  const background = { r: shade, g: 120, b: 200 }
  return sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

interface Sent {
  bytes?: Buffer
  name?: string
  sender?: string
  modified?: number
}

/** Sends a file through a link, as a door does; answers what `uploads.finish` did, or the refusal of any step as one word. */
export async function trySend(
  home: Pick<TestHousehold, 'call' | 'services'>,
  caller: Caller,
  share: number,
  { bytes, name = 'IMG_1.jpg', ...said }: Sent = {},
): Promise<string> {
  const body = bytes ?? (await jpegOf())
  const told = (error: { code: string; reason?: string }) =>
    [error.code, error.reason].filter(Boolean).join(' ')
  const begun = await home.call(caller, 'uploads.begin', { share, name, size: body.length, ...said })
  if (!begun.ok) return told(begun.error)
  const { id } = begun.value as { id: string } // as its schema says
  const incoming = home.services.uploads.incoming(id)
  if (!incoming) throw new Error('there is no such file on its way')
  try {
    const refused = await incoming.write(body).catch((error) => error)
    if (refused) return told({ code: refused.code, reason: refused.details.reason })
    const finished = await home.call(caller, 'uploads.finish', { id })
    return finished.ok ? (finished.value as { state: string }).state : told(finished.error)
  } finally {
    await incoming.close()
  }
}

/** Sends a file that must be held; answers its id. */
export async function sendThrough(
  home: Pick<TestHousehold, 'call' | 'get' | 'services'>,
  creator: Caller,
  share: number,
  sent: Sent = {},
): Promise<number> {
  const state = await trySend(home, creator, share, sent)
  if (state !== 'held') throw new Error(`it was not held: ${state}`)
  const { uploads } = await home.get(creator, 'uploads.list', { share })
  return Math.max(...uploads.map(({ id }) => id))
}
