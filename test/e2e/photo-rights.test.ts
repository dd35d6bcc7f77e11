import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { makePicture } from '../support/pictures.ts'
import { violations } from './axe.ts'
import { PASSWORD, setUp } from './first-run.ts'
import { ask, logInAs } from './people.ts'

async function makeFolder() {
  const home = await mkdtemp(join(tmpdir(), 'mantel-pictures-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const folder = join(home, 'Family')
  await mkdir(join(folder, 'Oslo'), { recursive: true })
  await makePicture(join(folder, 'Oslo', 'fjord.jpg'), {
    width: 900,
    height: 600,
    colour: 'hsl(200 40% 60%)',
  })
  return folder
}

throughEachDoor((open) => {
  test('the viewer offers what may be done, says it in time, and tells who sees a photo and where it lies', async () => {
    const door = await open()
    const folder = await makeFolder()
    const ada = await setUp(door, folder)
    await ada.getByRole('button', { name: 'Next' }).click()
    await ada.getByRole('button', { name: 'To the photos' }).click()
    await ada.getByRole('gridcell').first().waitFor()
    const person = { password: PASSWORD, role: 'user' as const }
    const folders = [{ path: folder, access: 'read-only' as const, mayShare: false }]
    await ask(ada, 'accounts.create', { ...person, username: 'ben', name: 'Ben', folders })
    await ask(ada, 'accounts.create', { ...person, username: 'olga', name: 'Olga', role: 'admin' as const })

    // Ben is told of the folder he was given, not of where it lies
    const ben = await logInAs(await door.openSecondWindow(), 'ben')
    await ben.getByRole('gridcell').first().click()
    const download = () => ben.getByRole('button', { name: 'Download' })
    await download().waitFor()
    await ben.keyboard.press('i')
    const panel = ben.getByRole('complementary', { name: 'Information' })
    await panel.getByText(join('Family', 'Oslo'), { exact: true }).waitFor()
    await expect
      .poll(() => panel.getByRole('listitem').allTextContents())
      .toEqual(['Ada Lovelace', 'Ben', 'Olga (as an admin)'])
    expect(await violations(ben)).toEqual([])

    // Ada administers and is told the place on the disk
    await ada.getByRole('gridcell').first().click()
    await ada.keyboard.press('i')
    await ada.getByText(join(folder, 'Oslo'), { exact: true }).waitFor()

    // and by what she shares, while she looks at it
    const shown = ada.getByRole('complementary', { name: 'Information' })
    await expect.poll(() => shown.getByRole('link').count()).toBe(0)
    const [month] = (await ask(ada, 'timeline.months', {})).months
    const photos = await ask(ada, 'timeline.month', { month: month?.month ?? '' })
    const { id: albumId } = await ask(ada, 'albums.create', { title: 'Fjords', photoIds: photos.ids })
    await ask(ada, 'shares.createLink', { albumId, options: {} })
    const { people } = await ask(ada, 'shares.people', {})
    const accountIds = people.filter(({ username }) => username === 'ben').map(({ id }) => id)
    await ask(ada, 'shares.shareWith', { albumId, accountIds, options: {} })
    await expect
      .poll(() => shown.getByRole('link').allTextContents())
      .toEqual(['Ben, through “Fjords”', 'Whoever has the link to “Fjords”'])
    expect(await violations(ada)).toEqual([])
    const [photoId = 0] = photos.ids
    expect(await ask(ben, 'shares.showing', { photoId })).toEqual({ shares: [] })
    expect(await panel.getByRole('link').count()).toBe(0)
    await shown.getByRole('link', { name: /Whoever has/ }).press('Enter')
    await ada.getByRole('heading', { name: 'Fjords' }).first().waitFor()

    // a feature that is switched off is not offered any more, in windows that are open too
    await ask(ada, 'flags.set', { flags: { download: false } })
    await expect.poll(() => download().count()).toBe(0)
    await ask(ada, 'flags.set', { flags: { download: true } })
    await expect.poll(() => download().count()).toBe(1)

    // so is what its drive took away; the picture stays
    await rename(folder, join(folder, '..', 'away'))
    await ask(ada, 'jobs.scan', {})
    await expect.poll(() => download().count(), { timeout: 30_000 }).toBe(0)
    await expect.poll(() => ben.getByRole('img').count()).toBeGreaterThan(0)

    // and offered again once it is back
    await rename(join(folder, '..', 'away'), folder)
    await ask(ada, 'jobs.scan', {})
    await expect.poll(() => download().count(), { timeout: 30_000 }).toBe(1)
  })
})
