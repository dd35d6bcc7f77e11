import { ADMINISTRATORS, nothing, type Row } from '../outcomes.ts'

export const storageRows: Row[] = [{ procedure: 'storage.usage', input: nothing, expect: ADMINISTRATORS }]
