import { expect, test } from 'vitest'
import { bytesRouter } from '../electron/api/media.ts'
import { router } from '../electron/api/router.ts'
import { AUDIT_ACTIONS, type AuditAction } from '../electron/contract/audit-actions.ts'

/** What a procedure means for the audit log. */
type Entry = { as: readonly AuditAction[] } | { because: string } | 'reads'

const as = (...actions: AuditAction[]): Entry => ({ as: actions })
const not = (because: string): Entry => ({ because })

const SESSIONS = not('sessions begin and end all day; the list of sessions shows them')
const OWN_LIBRARY = not('people tidy their photos all day; it is seen in their library')
const JOBS = not('the worker logs say who started and stopped what')
const RECEIVED = not('what was sent waits, with its sender, until somebody takes it or turns it down')
const CORRECTIONS = not('the photo itself tells what its file says and what was put right')

/** Every procedure there is. A new one fails the test until it is told here what the log says of it. */
const PROCEDURES: Record<string, Entry> = {
  'session.login': SESSIONS,
  'session.logout': SESSIONS,
  'session.lock': SESSIONS,
  'session.unlock': SESSIONS,
  'session.leave': SESSIONS,
  'session.resume': SESSIONS,
  'session.viewAs': as('account.viewed'),
  'session.stopViewing': not('that it began is what counts'),
  'session.me': 'reads',
  'session.known': 'reads',
  'sessions.list': 'reads',
  'sessions.revoke': as('session.revoked'),
  'setup.status': 'reads',
  'setup.create': as('household.setUp', 'grants.changed'),
  'setup.pickFolder': 'reads',
  'setup.finish': not('it closes pages of the first run and changes nothing else'),
  'registration.create': as('account.signedUp'),
  'accounts.list': 'reads',
  'accounts.create': as('account.created', 'grants.changed'),
  'accounts.update': as('account.changed', 'account.passwordChanged', 'grants.changed'),
  'accounts.preview': 'reads',
  'accounts.remove': as('account.removed'),
  'accounts.removed': 'reads',
  'accounts.previewRemove': 'reads',
  // what is left of it goes in a job, which writes `account.purged`
  'accounts.purge': as('account.purged'),
  'accounts.restore': as('account.restored'),
  'accounts.changePassword': as('account.passwordChanged'),
  'totp.status': 'reads',
  'totp.begin': not('nothing is asked of anybody before it is confirmed'),
  'totp.confirm': as('totp.enabled'),
  'totp.disable': as('totp.disabled'),
  'totp.renewCodes': as('totp.recoveryCodes'),
  'totp.clear': as('totp.cleared'),
  'appPasswords.create': as('appPassword.created'),
  'appPasswords.list': 'reads',
  'appPasswords.revoke': as('appPassword.revoked'),
  'overlays.export': as('overlays.exported'),
  'overlays.import': as('overlays.imported'),
  'roles.list': 'reads',
  'folders.list': 'reads',
  'folders.tree': 'reads',
  'folders.add': as('folder.added'),
  'folders.remove': as('folder.removed'),
  'folders.accept': as('folder.vanishedAccepted'),
  'folders.browse': 'reads',
  'folders.pick': 'reads',
  'timeline.months': 'reads',
  'timeline.month': 'reads',
  'library.shelves': 'reads',
  'photos.get': 'reads',
  'photos.seenWhenHidden': 'reads',
  'photos.update': not('the log is of accounts, shares and settings; marks are seen on the photo itself'),
  'photos.correct': CORRECTIONS,
  'photos.uncorrect': CORRECTIONS,
  'photos.overlay': OWN_LIBRARY,
  'photos.sharedCaption': not(
    'the log is of accounts, shares and settings; the caption is seen on the photo itself',
  ),
  'photos.tag': OWN_LIBRARY,
  'tags.list': 'reads',
  'albums.list': 'reads',
  'albums.get': 'reads',
  'albums.create': OWN_LIBRARY,
  'albums.add': OWN_LIBRARY,
  'albums.take': OWN_LIBRARY,
  'photos.writeSidecars': CORRECTIONS,
  'albums.update': OWN_LIBRARY,
  'albums.remove': OWN_LIBRARY,
  'albums.removed': 'reads',
  'albums.restore': OWN_LIBRARY,
  'albums.arrange': OWN_LIBRARY,
  'tags.update': OWN_LIBRARY,
  'tags.remove': OWN_LIBRARY,
  'shares.createLink': as('link.created'),
  'shares.addPhotos': as('link.changed', 'share.changed'),
  'shares.update': as('link.changed', 'share.changed'),
  'shares.revoke': as('link.revoked', 'share.revoked'),
  'shares.people': 'reads',
  'shares.shareWith': as('share.created', 'share.changed'),
  'shares.addPeople': as('share.changed'),
  'shares.setPart': as('share.changed'),
  'shares.contribute': as('share.changed'),
  'shares.withdraw': as('share.changed'),
  'shares.bringBack': as('share.changed'),
  'shares.removePeople': as('share.changed', 'share.revoked'),
  'shares.list': 'reads',
  'shares.overview': 'reads',
  'shares.showing': 'reads',
  'shares.open': not('a link tells how often it was opened, and by which accounts'),
  'shares.passAgain': not('a link tells how often it was opened, and by which accounts'),
  'shares.withMe': 'reads',
  'shares.noteOpened': not('what is shared tells how often it was opened, and by whom'),
  'shares.leave': not('it takes back what opening the link did'),
  'shares.get': 'reads',
  'shares.months': 'reads',
  'shares.month': 'reads',
  'shares.photo': 'reads',
  'card.describe': 'reads',
  'card.open': 'reads',
  'uploads.list': 'reads',
  'uploads.folders': 'reads',
  'uploads.accept': as('upload.accepted'),
  'uploads.decline': as('upload.declined'),
  'uploads.restore': as('upload.restored'),
  'uploads.begin': RECEIVED,
  'uploads.may': 'reads',
  'uploads.finish': RECEIVED,
  'uploads.open': 'reads',
  'uploads.mayOpen': 'reads',
  'media.openHeld': 'reads',
  'media.mayHeld': 'reads',
  'media.open': 'reads',
  'downloads.begin': 'reads',
  'zip.open': 'reads',
  'shares.download': 'reads',
  'zip.openHeld': 'reads',
  'media.may': 'reads',
  'jobs.list': 'reads',
  'jobs.failures': 'reads',
  'jobs.scan': JOBS,
  'jobs.rebuild': JOBS,
  'jobs.clearCache': JOBS,
  'jobs.pause': JOBS,
  'jobs.resume': JOBS,
  'jobs.cancel': JOBS,
  'jobs.retry': JOBS,
  'settings.get': 'reads',
  'settings.set': as('defaults.changed'),
  'settings.library': 'reads',
  'settings.setLibrary': as('settings.changed'),
  'settings.advanced': 'reads',
  'settings.setAdvanced': as('settings.changed'),
  'settings.lan': 'reads',
  'settings.setLan': as('settings.changed'),
  'lan.status': 'reads',
  'settings.backup': 'reads',
  'settings.setBackup': as('settings.changed'),
  'backup.create': as('backup.created'),
  'backup.list': 'reads',
  'backup.preview': 'reads',
  'backup.restore': as('backup.restored'),
  'storage.usage': 'reads',
  'flags.get': 'reads',
  'flags.set': as('flags.changed'),
  'audit.list': 'reads',
  'audit.own': 'reads',
}

const procedures = { ...router, ...bytesRouter }

test('of every procedure it is known what the log says of it', () => {
  expect(Object.keys(PROCEDURES).sort()).toEqual(Object.keys(procedures).sort())
})

test('what is open to whoever views as another account only reads', () => {
  const open = Object.entries(procedures).filter(([, { allow }]) => allow.name.startsWith('seenThrough'))
  expect(open.length).toBeGreaterThan(5)
  for (const [name] of open) expect(PROCEDURES[name], name).toBe('reads')
})

test('the actions named are in the closed list', () => {
  const named = Object.values(PROCEDURES).flatMap((entry) =>
    typeof entry === 'object' && 'as' in entry ? entry.as : [],
  )
  for (const action of named) expect(AUDIT_ACTIONS).toContain(action)
})
