import { ACCOUNTS, ADMINISTRATORS, alsoViewing, nothing, type Row, SUPER_ADMINS } from '../outcomes.ts'

export const settingsRows: Row[] = [
  { procedure: 'settings.get', input: nothing, expect: alsoViewing(ACCOUNTS) },
  { procedure: 'settings.set', input: () => ({ theme: 'dark' }), expect: ACCOUNTS },
  {
    procedure: 'settings.set',
    object: 'for everyone',
    input: () => ({ theme: 'dark', alsoDefault: true }),
    expect: { ...ACCOUNTS, guest: 'forbidden', viewer: 'forbidden', user: 'forbidden', admin: 'forbidden' },
  },
  { procedure: 'settings.library', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'settings.advanced', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'settings.setAdvanced', input: () => ({ workers: 'auto' }), expect: ADMINISTRATORS },
  { procedure: 'settings.setLibrary', input: () => ({ watch: true }), expect: ADMINISTRATORS },
  { procedure: 'settings.lan', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'settings.setLan', input: () => ({ port: 4044 }), expect: ADMINISTRATORS },
  { procedure: 'lan.status', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'settings.backup', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'settings.setBackup', object: 'when', input: () => ({ at: '04:00' }), expect: ADMINISTRATORS },
  {
    procedure: 'settings.setBackup',
    object: 'where',
    input: () => ({ folder: '/nowhere' }),
    expect: { ...SUPER_ADMINS, super: 'invalid', unknownRoleWithFlag: 'invalid', operator: 'invalid' },
  },
  { procedure: 'flags.get', input: nothing, expect: alsoViewing({ ...ACCOUNTS, operator: 'ok' }) },
  { procedure: 'flags.set', input: () => ({ flags: { people: true } }), expect: SUPER_ADMINS },
]
