import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../../test/support/database.ts'
import { AlreadyRunningError, lockDataDirectory } from './lock.ts'

/** Another real process that takes the lock; resolves when it says so. */
async function holdElsewhere(directory: string) {
  const lock = JSON.stringify(new URL('./lock.ts', import.meta.url).href)
  const script = `
    const { lockDataDirectory } = await import(${lock})
    await lockDataDirectory(${JSON.stringify(directory)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  const [said] = await once(holder.stdout, 'data')
  expect(String(said).trim()).toBe('held')
  return {
    kill: async () => {
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    },
  }
}

test('a directory held by another process is refused, and free once that is killed', async () => {
  const directory = await makeFolder()
  const holder = await holdElsewhere(directory)
  const refused = await lockDataDirectory(directory).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(AlreadyRunningError)
  expect(refused).toMatchObject({ directory })
  await holder.kill()
  const release = await lockDataDirectory(directory)
  await release()
})

test('within one process too the second is refused until the first lets go', async () => {
  const directory = await makeFolder()
  const release = await lockDataDirectory(directory)
  await expect(lockDataDirectory(directory)).rejects.toBeInstanceOf(AlreadyRunningError)
  await expect(lockDataDirectory(directory)).rejects.toBeInstanceOf(AlreadyRunningError)
  await release()
  const again = await lockDataDirectory(directory)
  await again()
})

test('a directory that is not there is an error of its own', async () => {
  const missing = join(await makeFolder(), 'none')
  await expect(lockDataDirectory(missing)).rejects.toMatchObject({ name: 'StorageError', code: 'unopenable' })
})
