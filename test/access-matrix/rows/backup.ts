import { ADMINISTRATORS, nothing, type Row, SUPER_ADMINS } from '../outcomes.ts'

/** Super admins and the operator are told that there is no such backup, everybody else nothing of it. */
const NOT_FOUND = {
  ...SUPER_ADMINS,
  super: 'not_found',
  unknownRoleWithFlag: 'not_found',
  operator: 'not_found',
} as const

export const backupRows: Row[] = [
  { procedure: 'backup.create', input: nothing, expect: ADMINISTRATORS },
  {
    procedure: 'backup.create',
    object: 'to a file',
    input: () => ({ to: 'somewhere' }),
    expect: {
      ...ADMINISTRATORS,
      admin: 'invalid',
      super: 'invalid',
      unknownRoleWithFlag: 'invalid',
      operator: 'invalid',
    },
  },
  { procedure: 'backup.list', input: nothing, expect: ADMINISTRATORS },
  { procedure: 'backup.preview', input: () => ({ name: 'none' }), expect: NOT_FOUND },
  { procedure: 'backup.restore', input: () => ({ name: 'none' }), expect: NOT_FOUND },
  {
    procedure: 'backup.restore',
    object: 'a file',
    input: () => ({ file: '/nowhere/none.sqlite' }),
    expect: { ...NOT_FOUND, super: 'invalid', unknownRoleWithFlag: 'invalid' },
  },
]
