import { expect, test } from 'vitest'
import { makeDatabase } from '../../../test/support/database.ts'
import { settings } from '../../db/schema.ts'
import { linkBase } from './base.ts'

const HERE = 'http://127.0.0.1:4040'
const IN_HOUSE = ['https://mantel.local:4433/', 'https://192.168.1.5:4433/']

async function household(state: 'off' | 'open' | 'failed', publicAddress: string) {
  const db = await makeDatabase()
  await db.write((tx) => tx.insert(settings).values({ key: 'lan.publicAddress', value: publicAddress }))
  const status = { state, reason: null, urls: state === 'open' ? IN_HOUSE : [], authority: null }
  return { db, lan: { status: async () => status } }
}

test.each([
  ['off', '', HERE, 'here', HERE],
  ['off', '', null, 'here', 'mantel:/'],
  // where the door is closed, the public address leads nowhere
  ['failed', 'https://photos.example', HERE, 'here', HERE],
  ['open', '', HERE, 'house', 'https://mantel.local:4433'],
  ['open', '', null, 'house', 'https://mantel.local:4433'],
  ['open', 'https://photos.example', null, 'outside', 'https://photos.example'],
] as const)(
  'the door %s, public address “%s”, asked at %s',
  async (state, publicAddress, origin, reach, base) => {
    expect(await linkBase(await household(state, publicAddress), origin)).toEqual({ base, reach })
  },
)
