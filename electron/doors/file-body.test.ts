import { open, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { fileBody } from './file-body.ts'

const SIZE = 1_000_000

async function bodyOf({ first = 0, last = SIZE - 1, withCut = false } = {}) {
  const path = join(await makeFolder(), 'file')
  const content = Buffer.from(Uint8Array.from({ length: SIZE }, (_, index) => index % 251))
  await writeFile(path, content)
  const handle = await open(path)
  const file = {
    size: SIZE,
    async read(position: number, length: number) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    },
    close: () => handle.close(),
  }
  const happened: string[] = []
  const body = fileBody(
    file,
    { first, last },
    {
      onClosed: () => happened.push('closed'),
      onFailed: (error) => happened.push(String(error)),
      cut: withCut ? () => happened.push('cut') : undefined,
    },
  )
  const isOpen = () =>
    handle.stat().then(
      () => true,
      () => false,
    )
  return { path, content, body, happened, isOpen }
}

test('the whole and a part, and the file is closed behind the last byte', async () => {
  for (const [first, last] of [
    [0, SIZE - 1],
    [0, 0],
    [300_000, 900_000],
    [SIZE - 1, SIZE - 1],
  ] as const) {
    const { content, body, happened, isOpen } = await bodyOf({ first, last })
    expect((await buffer(body.stream)).equals(content.subarray(first, last + 1))).toBe(true)
    expect(happened).toEqual(['closed'])
    expect(await isOpen()).toBe(false)
    body.destroy()
    expect(happened).toEqual(['closed'])
  }
})

test('nothing is read before it is wanted; a reader that leaves closes the file', async () => {
  const { body, happened, isOpen } = await bodyOf()
  const reader = body.stream.getReader()
  const { value } = await reader.read()
  expect(value?.byteLength).toBe(256 * 1024)
  expect(happened).toEqual([])
  await reader.cancel()
  expect(happened).toEqual(['closed'])
  expect(await isOpen()).toBe(false)
})

test('destroyed, it breaks off: the connection where there is one, else the stream', async () => {
  const plain = await bodyOf()
  const reader = plain.body.stream.getReader()
  await reader.read()
  plain.body.destroy()
  await expect(reader.read()).rejects.toThrow('broken off')
  expect(plain.happened).toEqual(['closed'])
  expect(await plain.isOpen()).toBe(false)

  const connected = await bodyOf({ withCut: true })
  const other = connected.body.stream.getReader()
  await other.read()
  connected.body.destroy()
  connected.body.destroy()
  expect(connected.happened).toEqual(['closed', 'cut'])
  // not failed as well: whoever carries it would tell its reader of an error in the middle of the bytes
  await other.cancel()
})

test('a file that became shorter is broken off, and told', async () => {
  const { path, body, happened } = await bodyOf({ withCut: true })
  const reader = body.stream.getReader()
  await reader.read()
  await truncate(path, 300_000)
  let received = 256 * 1024
  const rest = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      received += value.byteLength
    }
  })()
  await expect.poll(() => happened).toContain('cut')
  await reader.cancel()
  await rest
  expect(received).toBe(300_000)
  expect(happened).toEqual(['Error: The file changed while it was read', 'closed', 'cut'])
})
