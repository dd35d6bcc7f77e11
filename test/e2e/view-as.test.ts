import { expect, test } from 'vitest'
import { throughEachDoor } from '../support/doors.ts'
import { adaAndRose } from './ada-and-rose.ts'
import { violations } from './axe.ts'
import { callFrom } from './call-from.ts'
import { toAdminArea } from './family.ts'
import { entriesOf } from './menu.ts'

const SENTENCE = 'You see Mantel as rose does. Nothing can be changed.'

throughEachDoor((open) => {
  test('an admin sees Mantel as somebody else does, nothing can be changed, and that person reads of it', async () => {
    const door = await open()
    const { ada, rose } = await adaAndRose(door)
    // what Rose does not see: a photo that Ada keeps private
    const { months } = await answerOf(callFrom(ada, 'timeline.months', {}))
    const { ids } = await answerOf(callFrom(ada, 'timeline.month', { month: months[0]?.month ?? '' }))
    await answerOf(callFrom(ada, 'photos.update', { ids: [ids[0] ?? 0], private: true }))

    await toAdminArea(ada)
    await ada.getByRole('button', { name: 'Actions for rose' }).click()
    await ada.getByRole('menuitem', { name: 'View as this person' }).click()
    const seen = await door.pageShowing((page) => page.getByText(SENTENCE))
    await seen.getByRole('gridcell').first().waitFor()
    await expect.poll(() => seen.getByRole('gridcell').count()).toBe(1)
    expect(await answerOf(callFrom(seen, 'timeline.month', { month: months[0]?.month ?? '' }))).toMatchObject(
      {
        ids: [ids[1]],
      },
    )
    expect(await violations(seen)).toEqual([])

    // the account shown is Rose's, with no way to the preferences, the Admin Area or anything that changes
    await seen.getByRole('button', { name: 'Account menu of rose' }).click()
    const entries = (await entriesOf(seen)).map((entry) => entry.split('\n')[0]?.trim())
    expect(entries).toEqual(['Switch account', 'Lock', 'Log out'])
    await seen.keyboard.press('Escape')
    for (const address of ['/preferences', '/admin']) {
      await seen.evaluate((to) => {
        history.pushState(null, '', to)
        dispatchEvent(new PopStateEvent('popstate'))
      }, address)
      await seen.getByText('There is nothing at this address.').waitFor()
      await seen.getByText(SENTENCE).waitFor()
    }
    await seen.getByRole('link', { name: 'To the photos' }).click()

    // over the viewer too, where Escape closes the viewer and nothing else
    await seen.getByRole('gridcell').first().click()
    await seen.getByRole('button', { name: 'Information' }).waitFor()
    expect(await seen.getByRole('button', { name: 'Download' }).count()).toBe(0)
    const stop = seen.getByRole('button', { name: 'Stop', exact: true })
    await stop.click({ trial: true })
    await seen.keyboard.press('Escape')
    await seen.getByRole('button', { name: 'Information' }).waitFor({ state: 'detached' })
    await seen.getByText(SENTENCE).waitFor()
    expect(await callFrom(seen, 'settings.set', { theme: 'dark' })).toMatchObject({
      error: { reason: 'viewing_only' },
    })

    await stop.click()
    const own = await door.pageShowing((page) => page.getByRole('button', { name: /Account menu of Ada/ }))
    await own.getByRole('gridcell').first().waitFor()
    expect(await own.getByText(SENTENCE).count()).toBe(0)

    // Rose reads of it, Ada in the household's log
    await rose.getByRole('button', { name: /Account menu/ }).click()
    await rose.getByRole('menuitem', { name: 'Preferences' }).click()
    await rose.getByRole('link', { name: 'Security' }).click()
    const log = rose.getByRole('region', { name: 'What was done to your account' })
    await log.getByText('Mantel was looked at as you see it').waitFor()
    await log
      .getByText(/^by Ada Lovelace/)
      .first()
      .waitFor()
    expect(await violations(rose)).toEqual([])
    await toAdminArea(own)
    const audit = own.getByRole('region', { name: 'Audit' })
    await audit.getByText('ada looked at Mantel as rose', { exact: true }).waitFor()
  })

  test('the audit log tells in sentences who did what, is filtered, opens its details and follows changes', async () => {
    const door = await open()
    const { ada } = await adaAndRose(door)
    await toAdminArea(ada)
    const audit = ada.getByRole('region', { name: 'Audit' })
    await audit.getByText(/^ada gave rose mantel-pictures-.*, read-only$/).waitFor()
    await audit.getByText('ada added rose', { exact: true }).waitFor()
    expect(await violations(ada)).toEqual([])

    const { accounts } = await answerOf(callFrom(ada, 'accounts.list', {}))
    const rose = accounts.find(({ username }) => username === 'rose')?.id ?? 0
    await answerOf(callFrom(ada, 'accounts.update', { id: rose, name: 'Rose', role: 'user' }))
    // another admin's page would hear of it like this one does
    await audit.getByText('ada changed the account rose', { exact: true }).waitFor()
    await audit.getByRole('button', { name: /^Details ?: ada changed the account rose$/ }).click()
    await audit.getByText('Role: Viewer → User').waitFor()
    await audit.getByText('Name: none → Rose').waitFor()

    await audit.getByRole('combobox', { name: 'What' }).click()
    await ada.getByRole('option', { name: 'Folders' }).click()
    await audit.getByText('ada changed the account rose', { exact: true }).waitFor({ state: 'detached' })
    await audit.getByText(/^ada gave rose/).waitFor()
    await audit.getByRole('combobox', { name: 'What' }).click()
    await ada.getByRole('option', { name: 'Backup and moving' }).click()
    await audit.getByText('ada set up Mantel', { exact: true }).waitFor()
    await audit.getByRole('combobox', { name: 'About whom' }).click()
    await ada.getByRole('option', { name: 'rose' }).click()
    await audit.getByText('Nothing like this in the log').waitFor()
    expect(await violations(ada)).toEqual([])
  })
})

async function answerOf<T>(
  asked: Promise<{ ok: true; value: T } | { ok: false; error: object }>,
): Promise<T> {
  const result = await asked
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
