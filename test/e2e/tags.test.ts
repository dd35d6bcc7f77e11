import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { violations } from './axe.ts'
import { householdOfAda, makeFolder } from './family.ts'
import { ask } from './people.ts'

throughEachDoor((open) => {
  test('a tag is renamed, joined with another, and removed with the way back', async () => {
    const page = await householdOfAda(await open(), await makeFolder('Ada'))
    const { months } = await ask(page, 'timeline.months', {})
    const pages = await Promise.all(months.map(({ month }) => ask(page, 'timeline.month', { month })))
    const [one = 0, two = 0, three = 0] = pages.flatMap(({ ids }) => ids)
    await ask(page, 'photos.tag', { ids: [one, two], add: [['Harbor', '2024']] })
    await ask(page, 'photos.tag', { ids: [three], add: [['Sea']] })
    const tags = async () =>
      (await ask(page, 'tags.list', {})).tags.map(({ name, deepCount }) => [name, deepCount])

    await page.getByRole('link', { name: 'Library' }).first().click()
    await page.getByRole('link', { name: /^Tags/ }).click()
    await page.getByRole('link', { name: /^Harbor/ }).click()
    const choose = async (item: string) => {
      await page.getByRole('button', { name: 'More for this tag' }).press('Enter')
      await page.getByRole('menuitem', { name: item }).press('Enter')
    }
    await choose('Rename tag')
    const rename = page.getByRole('dialog', { name: 'Rename tag' })
    await rename.getByLabel('Name').fill(' ')
    await page.keyboard.press('Enter')
    await rename.locator('[aria-invalid="true"]').waitFor()
    expect(await violations(page)).toEqual([])
    await rename.getByLabel('Name').fill('Harbour')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Harbour' }).waitFor()

    await choose('Rename tag')
    await rename.getByLabel('Name').fill('Sea')
    await page.keyboard.press('Enter')
    await page.getByText('The tag is part of “Sea” now').waitFor()
    expect(await tags()).toEqual([
      ['Sea', 3],
      ['2024', 2],
    ])

    await choose('Remove tag')
    const remove = page.getByRole('dialog', { name: 'Remove the tag “Sea”?' })
    await remove.getByText('It is taken off 3 photos', { exact: false }).waitFor()
    expect(await violations(page)).toEqual([])
    await remove.getByRole('button', { name: 'Remove tag' }).press('Enter')
    await page.getByText('No tags yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await page.getByRole('link', { name: /^Sea/ }).waitFor()
    await expect.poll(tags).toEqual([
      ['Sea', 3],
      ['2024', 2],
    ])
  })
})
