import { networkInterfaces } from 'node:os'
import Library, { type Service } from 'bonjour-service'
import { expect, onTestFinished, test } from 'vitest'
import { hostOf } from '../domain/lan/host.ts'
import { createLog } from '../lib/log.ts'
import { createAnnouncer } from './announce-name.ts'

const { addresses } = hostOf('', networkInterfaces())
const isIn = (service: Service, name: string) => service.host === name

/** Listens in the house for what is told under this name, as a phone does. */
function listener(name: string) {
  const heard: Service[] = []
  const gone: Service[] = []
  const bonjour = new Library()
  const browser = bonjour.find({ type: 'https' }, (service) => {
    if (isIn(service, name)) heard.push(service)
  })
  browser.on('down', (service: Service) => {
    if (isIn(service, name)) gone.push(service)
  })
  onTestFinished(() => void bonjour.destroy())
  return { heard, gone, ask: () => browser.update() }
}

test.skipIf(addresses.length === 0)(
  'the house hears of name, addresses and port, and of its end',
  async () => {
    const name = `mantel-test-${process.pid}.local`
    const phone = listener(name)
    const announcer = createAnnouncer(
      createLog(() => undefined),
      () => undefined,
    )
    onTestFinished(() => announcer.close())
    announcer.tell({ name, addresses, port: 4043 })
    await expect.poll(() => announcer.isOurs(), { timeout: 5_000 }).toBe(true)
    await expect
      .poll(
        () => {
          phone.ask()
          return phone.heard.length
        },
        { timeout: 5_000 },
      )
      .toBe(1)
    expect(phone.heard[0]).toMatchObject({ host: name, port: 4043 })
    for (const address of phone.heard[0]?.addresses ?? ['none']) expect(addresses).toContain(address)
    announcer.tell(null)
    await expect.poll(() => phone.gone.length, { timeout: 5_000 }).toBe(1)
    expect(announcer.isOurs()).toBe(false)
  },
)

test.skipIf(addresses.length === 0)('a name that another machine has stays with it', async () => {
  const name = `mantel-other-${process.pid}.local`
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  const other = createAnnouncer(log, () => undefined)
  onTestFinished(() => other.close())
  other.tell({ name, addresses, port: 1 })
  await expect.poll(() => other.isOurs(), { timeout: 5_000 }).toBe(true)
  // one that has none of those addresses
  const late = createAnnouncer(log, () => undefined)
  onTestFinished(() => late.close())
  await expect
    .poll(
      () => {
        late.tell({ name, addresses: ['10.11.12.13'], port: 2 + lines.length })
        return lines.join()
      },
      { timeout: 5_000, interval: 1_000 },
    )
    .toContain('another machine in the house has this name')
  expect(late.isOurs()).toBe(false)
})
