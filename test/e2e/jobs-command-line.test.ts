import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { type CommandLine, openCommandLine } from '../support/command-line.ts'

// What people do to jobs and to folders that wait for a decision, with no server running and with one.

let line: CommandLine

beforeEach(async () => {
  line = await openCommandLine()
  await line.addOlga()
})

const stateOf = async (id: number) => {
  const { jobs } = await line.answerOf(['jobs'])
  return jobs.find((job: { id: number }) => job.id === id)?.state
}

/** A folder that was added, with the scan that waits for it. */
async function addFolder(name: string, count = 2) {
  const folder = await line.pictures(name, count)
  await line.mantel(['folders', 'add', folder])
  const { jobs } = await line.answerOf(['jobs'])
  return { folder, id: jobs.find((job: { folder: string }) => job.folder === folder).id as number }
}

test('a waiting job is paused and resumed', async () => {
  const { folder, id } = await addFolder('family')
  const paused = await line.mantel(['jobs', 'pause', String(id)])
  expect([paused.code, paused.out, paused.err]).toEqual([
    0,
    `Paused job ${id}; "mantel jobs resume ${id}" lets it go on.\n`,
    '',
  ])
  expect((await line.mantel(['jobs'])).out).toMatch(/^\d+ +scan +paused +0 .* – +\/.*$/m)
  const resumed = await line.mantel(['jobs', 'resume', String(id)])
  expect([resumed.code, resumed.out]).toEqual([0, `Job ${id} goes on as soon as a server runs.\n`])
  expect(await stateOf(id)).toBe('queued')
  expect(await line.answerOf(['jobs', 'pause', String(id)])).toEqual({ state: 'paused' })

  // asking for the same work lets the paused one go on
  const scanned = await line.answerOf(['scan', folder])
  expect([scanned.jobIds, scanned.jobs[0].state]).toEqual([[id], 'done'])
  for (const verb of ['pause', 'resume']) {
    const late = await line.mantel(['jobs', verb, String(id)])
    expect([late.code, late.out, late.err]).toEqual([1, '', `mantel: Job ${id} has ended already: done\n`])
  }
  const unknown = await line.mantel(['--json', 'jobs', 'pause', '999'])
  expect([unknown.code, JSON.parse(unknown.err).error.code]).toEqual([1, 'not_found'])
})

test('a paused job stays paused when a server starts, and goes on there', async () => {
  const { id } = await addFolder('family')
  await line.mantel(['jobs', 'pause', String(id)])
  await line.serve()
  expect(await stateOf(id)).toBe('paused')
  expect((await line.mantel(['jobs', 'resume', String(id)])).out).toBe(`Job ${id} goes on.\n`)
  await expect.poll(() => stateOf(id)).toBe('done')
})

test('what a folder lost is accepted, by its path or its id', async () => {
  const { folder } = await addFolder('family', 3)
  await line.mantel(['scan'])
  const nothing = await line.mantel(['folders', 'accept', folder])
  expect([nothing.code, nothing.err]).toEqual([1, 'mantel: The folder waits for no decision\n'])

  for (const name of await readdir(folder)) await rm(join(folder, name))
  expect((await line.mantel(['scan'])).code).toBe(1)
  const accepted = await line.mantel(['folders', 'accept', 'family'])
  expect([accepted.code, accepted.out]).toEqual([
    0,
    `Took 3 files that were not found in ${folder} as gone.\n${folder}: done, 0 files\n`,
  ])
  expect((await line.answerOf(['folders', 'ls'])).folders[0]).toMatchObject({ online: true, photoCount: 0 })
})

test('with a server, accepting starts the scan there', async () => {
  const { folder } = await addFolder('family', 1)
  await line.mantel(['scan'])
  for (const name of await readdir(folder)) await rm(join(folder, name))
  await line.mantel(['scan'])
  await line.serve()
  const [{ id }] = (await line.answerOf(['folders', 'ls'])).folders
  const accepted = await line.answerOf(['folders', 'accept', String(id)])
  expect(accepted).toEqual({ jobId: expect.any(Number), folderId: id, path: folder, vanishedCount: 1 })
  await expect.poll(() => stateOf(accepted.jobId)).toBe('done')
})

test('misuse ends with 2', async () => {
  for (const args of [
    ['jobs', 'pause'],
    ['jobs', 'pause', 'x'],
    ['jobs', 'resume', '0'],
    ['jobs', 'nonsense'],
    ['folders', 'accept'],
  ]) {
    const { code, out, err } = await line.mantel(args)
    expect([args, code, out]).toEqual([args, 2, ''])
    expect(err).not.toBe('')
  }
})
