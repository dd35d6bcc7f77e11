import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { adaAndRose } from './ada-and-rose.ts'
import { violations } from './axe.ts'
import { callFrom } from './call-from.ts'

async function toSite(page: Page) {
  await page.getByRole('button', { name: /Account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Admin Area' }).click()
  const site = page.getByRole('region', { name: 'Site', exact: true })
  await site.getByText('Download', { exact: true }).waitFor()
  return site
}

/** What the browser is told when the page asks for the original it shows. */
const askForOriginal = (page: Page) =>
  page.evaluate(async () => {
    const id = location.pathname.split('/').at(-1)
    const answer = await fetch(`/media/original/${id}/1`)
    const error = answer.ok ? null : await answer.json()
    return { status: answer.status, reason: error?.error.reason }
  })

throughEachDoor((open) => {
  test('a feature that is switched off is gone from an open window, and refused', async () => {
    const { ada, rose } = await adaAndRose(await open())
    await rose.getByRole('gridcell').first().getByRole('link').click()
    const download = rose.getByRole('button', { name: 'Download' })
    await download.waitFor()
    expect(await askForOriginal(rose)).toMatchObject({ status: 200 })

    // by keyboard
    const site = await toSite(ada)
    expect(await violations(ada)).toEqual([])
    const control = site.getByRole('switch', { name: 'Download' })
    await control.focus()
    await ada.keyboard.press('Space')
    await ada.getByText('Download: switched off').waitFor()
    await download.waitFor({ state: 'detached' })
    expect(await askForOriginal(rose)).toEqual({ status: 403, reason: 'switched_off' })
    expect(await control.isChecked()).toBe(false)
    expect(await violations(ada)).toEqual([])

    // and back
    await ada.getByRole('button', { name: 'Undo' }).click()
    await download.waitFor()
    expect(await askForOriginal(rose)).toMatchObject({ status: 200 })
    await expect.poll(() => control.isChecked()).toBe(true)
  })

  test('a regular admin sees which features are on, and switches none', async () => {
    const { ada, rose } = await adaAndRose(await open(), 'admin')
    const site = await toSite(rose)
    expect(await site.getByRole('switch').count()).toBe(0)
    const sharing = site.getByRole('listitem').filter({ hasText: 'Sharing' })
    await sharing.getByText('On', { exact: true }).waitFor()
    expect(await violations(rose)).toEqual([])
    expect(await callFrom(rose, 'flags.set', { flags: { share: false } })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    })
    // what a super admin switches is seen at once
    await (await toSite(ada)).getByRole('switch', { name: 'Sharing' }).click()
    await sharing.getByText('Off', { exact: true }).waitFor()
  })

  test('an admin sets how pictures are made; what is wrong stands at its field', async () => {
    const { rose } = await adaAndRose(await open(), 'admin')
    await toSite(rose)
    const section = rose.getByRole('region', { name: 'Advanced' })
    const quality = section.getByLabel('Quality of previews')
    await quality.fill('59')
    await rose.keyboard.press('Enter')
    await section.getByText('A whole number from 60 to 95.').waitFor()
    await expect.poll(() => quality.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await violations(rose)).toEqual([])
    await quality.fill('60')
    await section.getByRole('combobox', { name: 'Pictures worked on at a time' }).click()
    await rose.getByRole('option', { name: '3', exact: true }).click()
    await section.getByRole('button', { name: 'Save' }).click()
    await rose.getByText('The advanced settings were saved').waitFor()
    expect(await callFrom(rose, 'settings.advanced', {})).toMatchObject({
      value: { workers: 3, previewEdge: 2048, previewQuality: 60 },
    })
    // previews are remade by a job that tells who asked for it
    const listed = await callFrom(rose, 'jobs.list', {})
    const remade = listed.ok
      ? listed.value.jobs.filter(({ startedByKind }) => startedByKind === 'account')
      : []
    expect(remade.map(({ kind }) => kind)).toEqual(['previews'])
  })
})
