import type { Page } from 'playwright-core'

/** A picture to take of the demo household. */
export interface Shot {
  name: string
  /** nobody: the page before the login */
  username: string | null
  path: string
  look?: { phone?: boolean; dark?: boolean }
  /** what is done before the picture is taken */
  go?: (page: Page) => Promise<unknown>
}

const openMenu = (page: Page) => page.getByRole('button', { name: /^Account menu/ }).click()

/** Opens a person's dialog from the user panel. */
const openDialog = (person: string, action: string) => async (page: Page) => {
  await page.getByRole('button', { name: `Actions for ${person}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
  await page.getByRole('dialog').waitFor()
}

const addPerson = async (page: Page) => {
  await page.getByRole('button', { name: 'Add a person' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Emmy Noether')
  await page.getByText('own read-write folders').waitFor()
}

/** The walk of five accounts. */
export const ACCOUNT_SHOTS: readonly Shot[] = [
  { name: 'super-admin', username: 'ada', path: '/', go: openMenu },
  { name: 'super-admin-site', username: 'ada', path: '/admin' },
  { name: 'super-admin-people', username: 'ada', path: '/admin#people' },
  { name: 'super-admin-people-dark', username: 'ada', path: '/admin#people', look: { dark: true } },
  { name: 'super-admin-people-phone', username: 'ada', path: '/admin#people', look: { phone: true } },
  { name: 'super-admin-add', username: 'ada', path: '/admin#people', go: addPerson },
  {
    name: 'super-admin-reset-password',
    username: 'ada',
    path: '/admin#people',
    go: openDialog('Ben Lovelace', 'Reset password'),
  },
  { name: 'admin', username: 'carl', path: '/', look: { dark: true }, go: openMenu },
  { name: 'admin-people', username: 'carl', path: '/admin#people' },
  { name: 'admin-people-phone', username: 'carl', path: '/admin#people', look: { phone: true, dark: true } },
  { name: 'user', username: 'ben', path: '/', go: openMenu },
  { name: 'user-phone', username: 'ben', path: '/', look: { phone: true } },
  { name: 'viewer', username: 'rose', path: '/', look: { dark: true }, go: openMenu },
  { name: 'guest', username: 'gus', path: '/', go: openMenu },
  { name: 'guest-phone', username: 'gus', path: '/', look: { phone: true } },
  { name: 'waiting', username: 'nora', path: '/' },
  { name: 'sign-up', username: null, path: '/sign-up' },
]

/** The parts of the Admin Area by their anchors. */
const PARTS = [
  'site',
  'library',
  'advanced',
  'tools',
  'backup',
  'storage',
  'folders',
  'people',
  'worker-logs',
  'audit',
] as const

/** Also at the width of a phone. */
const ON_PHONES: readonly string[] = ['tools', 'backup', 'storage', 'people', 'worker-logs', 'audit']

const partShots = (part: (typeof PARTS)[number]): Shot[] => {
  const shot = { username: 'ada', path: `/admin#${part}` }
  return [
    { ...shot, name: part },
    { ...shot, name: `${part}-dark`, look: { dark: true } },
    ...(ON_PHONES.includes(part)
      ? [
          { ...shot, name: `${part}-phone`, look: { phone: true } },
          { ...shot, name: `${part}-phone-dark`, look: { phone: true, dark: true } },
        ]
      : []),
  ]
}

/** The first job with failed files, those shown with why. */
const openFailures = (page: Page) =>
  page
    .getByRole('button', { name: /^\d+ failed$/ })
    .first()
    .click()

const askToRebuild = async (page: Page) => {
  await page.getByRole('listitem').filter({ hasText: 'Make thumbnails anew' }).getByRole('button').click()
  await page.getByRole('dialog').waitFor()
}

/** What is opened from a part. */
const DIALOGS: readonly Omit<Shot, 'username'>[] = [
  { name: 'tools-ask', path: '/admin#tools', go: askToRebuild },
  { name: 'worker-logs-failures', path: '/admin#worker-logs?failures=1', go: openFailures },
  { name: 'people-edit', path: '/admin#people', go: openDialog('Ben Lovelace', 'Edit') },
  { name: 'people-sessions', path: '/admin#people', go: openDialog('Ben Lovelace', 'Sessions') },
  { name: 'people-delete', path: '/admin#people', go: openDialog('Ben Lovelace', 'Delete') },
]

/** Every part of the Admin Area, and what a user sees of the work on their folders. */
export const ADMIN_SHOTS: readonly Shot[] = [
  ...PARTS.flatMap(partShots),
  ...DIALOGS.flatMap((shot): Shot[] => [
    { ...shot, username: 'ada' },
    { ...shot, username: 'ada', name: `${shot.name}-dark`, look: { dark: true } },
  ]),
  { name: 'own-jobs', username: 'ben', path: '/jobs' },
  { name: 'own-jobs-dark', username: 'ben', path: '/jobs', look: { dark: true } },
]

/** The first photo of the timeline, opened with its panel. */
const openPanel = async (page: Page) => {
  await page.getByRole('gridcell').nth(1).getByRole('link').click()
  await page.getByRole('dialog', { name: 'Photo' }).waitFor()
  await page.keyboard.press('i')
  await page.getByRole('complementary', { name: 'Information' }).waitFor()
}

const selectTwo = async (page: Page) => {
  await page.getByRole('gridcell').nth(1).getByRole('link').focus()
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowRight')
}

const correctOne = async (page: Page) => {
  await openPanel(page)
  await page.getByRole('button', { name: 'Correct the place' }).click()
  await page.getByRole('dialog', { name: /Correct date and place/ }).waitFor()
}

/** What everybody does with photos; taken in light and dark, and at the width of a phone. */
const IN_THE_LIBRARY: readonly Omit<Shot, 'username'>[] = [
  { name: 'timeline', path: '/' },
  { name: 'selection', path: '/', go: selectTwo },
  { name: 'viewer', path: '/', go: openPanel },
  { name: 'correct', path: '/', go: correctOne },
  { name: 'albums', path: '/albums' },
  {
    name: 'album',
    path: '/albums',
    go: (page) =>
      page
        .getByRole('link', { name: /^Summer/ })
        .first()
        .click(),
  },
  { name: 'folders', path: '/folders' },
  { name: 'library', path: '/library' },
  { name: 'tags', path: '/tags' },
  { name: 'archive-empty', path: '/archive' },
]

/** The library with what its owner added. */
export const LIBRARY_SHOTS: readonly Shot[] = IN_THE_LIBRARY.flatMap((shot): Shot[] => [
  { ...shot, username: 'ada' },
  { ...shot, username: 'ada', name: `${shot.name}-dark`, look: { dark: true } },
  { ...shot, username: 'ada', name: `${shot.name}-phone`, look: { phone: true } },
])

/** Where what was shared opens: a link to an album, one that has a password, the album itself, and as it is shared with people. */
export interface SharedPaths {
  open: string
  locked: string
  album: string
  shared: string
}

/** The first photo that this account added itself, with its panel. */
const openOwn = async (page: Page) => {
  await openPanel(page)
  const added = page.getByText('Added by')
  for (let at = 0; at < 30 && !(await added.isVisible()); at += 1) {
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(200)
  }
}

const openShareDialog = async (page: Page) => {
  await page.getByRole('button', { name: 'Share album' }).click()
  await page.getByRole('dialog').waitFor()
}

const chooseTwo = async (page: Page) => {
  await page.getByRole('button', { name: 'Add photos' }).click()
  await page.getByRole('button', { name: 'Choose photos' }).click()
  await page.getByRole('group', { name: /Choose photos for/ }).waitFor()
  await selectTwo(page)
}

const chooseForAlbum = async (page: Page) => {
  await page.getByRole('button', { name: 'Add photos' }).click()
  await selectTwo(page)
}

const openSeenBy = async (page: Page) => {
  await openPanel(page)
  await page.getByRole('link', { name: /through “/ }).scrollIntoViewIfNeeded()
}

/** What is shared, as visitors see it, and accounts; taken in light and dark, and at the width of a phone. */
export const shareShots = ({ open, locked, album, shared }: SharedPaths): Shot[] =>
  [
    { name: 'visitor', username: null, path: open },
    { name: 'visitor-selection', username: null, path: open, go: selectTwo },
    { name: 'visitor-password', username: null, path: locked },
    { name: 'visitor-ended', username: null, path: '/s/there-is-no-such-link' },
    { name: 'guest', username: 'gus', path: open },
    { name: 'with-me', username: 'rose', path: '/shared' },
    { name: 'mine', username: 'ada', path: '/shared/mine' },
    { name: 'dialog', username: 'ada', path: album, go: openShareDialog },
    { name: 'album', username: 'ada', path: album },
    { name: 'contributed', username: 'ben', path: shared, go: openOwn },
    { name: 'contribute', username: 'ben', path: shared, go: chooseTwo },
    { name: 'choose', username: 'ada', path: album, go: chooseForAlbum },
    { name: 'seen-by', username: 'ada', path: album, go: openSeenBy },
  ].flatMap((shot): Shot[] => [
    shot,
    { ...shot, name: `${shot.name}-dark`, look: { dark: true } },
    { ...shot, name: `${shot.name}-phone`, look: { phone: true } },
  ])
