import type { Page } from 'playwright-core'

/** What the open menu offers; the one before may still be fading. */
export async function entriesOf(page: Page): Promise<string[]> {
  const open = page.locator('[role=menu][data-open]')
  await open.waitFor()
  return open.getByRole('menuitem').allInnerTexts()
}
