import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { documentSchema } from '../../electron/contract/overlays.ts'
import { throughEachDoor } from '../support/doors.ts'
import { adaAndRose } from './ada-and-rose.ts'
import { violations } from './axe.ts'
import { callFrom } from './call-from.ts'

async function toPreferences(page: Page) {
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Preferences' }).click()
  await page.getByRole('heading', { name: 'Take your things with you' }).waitFor()
}

/** Opens the file chooser by its button, as people do. */
async function choose(page: Page, file: string) {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import…' }).click()
  await (await chooser).setFiles(file)
}

async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'mantel-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A file that tells something of Ada's two photos, and of one that is not there. */
async function writeFileFor(page: Page, to: string): Promise<string> {
  const months = await callFrom(page, 'timeline.months', {})
  const [month] = months.ok ? months.value.months : []
  const shown = await callFrom(page, 'timeline.month', { month: month?.month ?? '' })
  const entries = []
  for (const id of shown.ok ? shown.value.ids : []) {
    const found = await callFrom(page, 'photos.get', { id })
    if (!found.ok) throw new Error('a photo of the timeline is there')
    const { fileName, sizeBytes, takenAt } = found.value
    const where = {
      contentHash: null,
      quickHash: null,
      sizeBytes,
      folder: 'x',
      directory: '',
      fileName,
      takenAt,
    }
    const mine = { favourite: true, rating: 4, caption: `about ${fileName}`, tags: [['Family', 'Holidays']] }
    entries.push({ id, ...where, ...mine })
  }
  const [first] = entries
  entries.push({ ...first, id: 999_999, fileName: 'elsewhere.jpg' })
  const document = {
    format: 'mantel-overlays',
    version: 1,
    exportedAt: '2026-11-22T10:00:00Z',
    account: { username: 'ada', name: 'Ada' },
    photos: entries,
    albums: [
      { id: 1, parent: null, title: 'Summer', description: '', order: 'date', cover: null, createdAt: 1 },
    ],
    albumPhotos: entries.map(({ id }, position) => ({ album: 1, photo: id, addedAt: 1, position })),
  }
  await writeFile(to, JSON.stringify(document))
  return to
}

/** Presses Export, and answers what the page handed over to be saved: the stand-in keeps no downloads, so it is read before. */
async function exported(page: Page): Promise<{ name: string; text: string }> {
  const text = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const make = URL.createObjectURL.bind(URL)
        URL.createObjectURL = (blob: Blob) => {
          void blob.text().then(resolve)
          return make(blob)
        }
      }),
  )
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  return { name: (await download).suggestedFilename(), text: await text }
}

throughEachDoor((open) => {
  test('a file is looked through, taken in, and written again; a viewer gets what a viewer may have', async () => {
    const folder = await makeFolder()
    const { ada, rose } = await adaAndRose(await open())
    const file = await writeFileFor(ada, join(folder, 'things.json'))
    await toPreferences(ada)
    expect(await violations(ada)).toEqual([])

    await choose(ada, file)
    const dialog = ada.getByRole('dialog', { name: 'Import' })
    await dialog.getByText('2 of 3 photos').waitFor()
    await dialog.getByText('1 new, 0 already here').waitFor()
    await dialog.getByText('1 photo was not found here').click()
    await dialog.getByText('x/elsewhere.jpg').waitFor()
    expect(await violations(ada)).toEqual([])
    await dialog.getByRole('combobox', { name: 'Where both have a value' }).click()
    await ada.getByRole('option', { name: "Take the file's" }).click()
    await dialog.getByText('2 of 3 photos').waitFor()
    // nothing was changed so far
    const before = await callFrom(ada, 'overlays.export', {})
    expect(before.ok && before.value.photos).toEqual([])

    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    const done = ada.getByRole('dialog', { name: 'Imported' })
    await done.getByText('2 of 3 photos').waitFor()
    expect(await violations(ada)).toEqual([])
    await done
      .getByRole('contentinfo')
      .or(done.locator('footer'))
      .getByRole('button', { name: 'Close' })
      .click()
    await done.waitFor({ state: 'hidden' })

    const { name, text } = await exported(ada)
    expect(name).toMatch(/^mantel-\w+-\d{4}-\d\d-\d\d\.json$/)
    const path = join(folder, 'saved.json')
    await writeFile(path, text)
    const document = documentSchema.parse(JSON.parse(text))
    expect(document.photos.map(({ rating, tags }) => [rating, tags])).toEqual([
      [4, [['Family', 'Holidays']]],
      [4, [['Family', 'Holidays']]],
    ])
    expect(document.albumPhotos).toHaveLength(2)

    // Rose sees the same folder and has nothing of Ada's; her role takes favourites and ratings
    await toPreferences(rose)
    const hers = await callFrom(rose, 'overlays.export', {})
    expect(hers.ok && [hers.value.photos, hers.value.albums]).toEqual([[], []])
    await choose(rose, path)
    const forRose = rose.getByRole('dialog', { name: 'Import' })
    await forRose.getByText('Left out, as your account may not have them:').waitFor()
    await forRose.getByRole('button', { name: 'Import', exact: true }).click()
    await rose.getByRole('dialog', { name: 'Imported' }).getByText('2 of 2 photos').waitFor()
    const after = await callFrom(rose, 'overlays.export', {})
    expect(
      after.ok && after.value.photos.map(({ favourite, rating, caption }) => [favourite, rating, caption]),
    ).toEqual([
      [true, 4, ''],
      [true, 4, ''],
    ])
  })

  test('a file that is none, or is wrong in one place, is told so', async () => {
    const folder = await makeFolder()
    const { ada } = await adaAndRose(await open())
    await toPreferences(ada)
    const none = join(folder, 'none.json')
    await writeFile(none, 'a letter')
    await choose(ada, none)
    await ada.getByText('This file is not an export of Mantel.').waitFor()
    expect(await violations(ada)).toEqual([])

    const file = await writeFileFor(ada, join(folder, 'things.json'))
    const document = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...document, version: 2 }))
    await choose(ada, file)
    await ada.getByText('version: This file comes from a newer Mantel.').waitFor()

    document.photos[1].rating = 9
    await writeFile(file, JSON.stringify(document))
    await choose(ada, file)
    const dialog = ada.getByRole('dialog', { name: 'Import' })
    await dialog.getByText(/^photos\.1\.rating: /).waitFor()
    expect(await violations(ada)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const after = await callFrom(ada, 'overlays.export', {})
    expect(after.ok && after.value.photos).toEqual([])
  })
})
