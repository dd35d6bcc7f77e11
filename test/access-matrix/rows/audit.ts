import { ACCOUNTS, ADMINISTRATORS, nothing, type Row } from '../outcomes.ts'

export const auditRows: Row[] = [
  { procedure: 'audit.list', input: nothing, expect: ADMINISTRATORS },
  {
    procedure: 'audit.list',
    object: 'of a super admin',
    input: ({ idOf }) => ({ objectKind: 'account', objectId: idOf('super') }),
    expect: ADMINISTRATORS,
  },
  { procedure: 'audit.own', input: nothing, expect: ACCOUNTS },
]
