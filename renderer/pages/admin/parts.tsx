import type { ComponentType } from 'react'
import type { ProcedureName } from '../../../electron/contract/contract.ts'
import { AdvancedSection } from './advanced-section.tsx'
import { AuditSection } from './audit-section.tsx'
import { BackupSection } from './backup-section.tsx'
import { FoldersSection } from './folders-section.tsx'
import { LanSection } from './lan-section.tsx'
import { LibrarySection } from './library-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { SiteSection } from './site-section.tsx'
import { StorageSection } from './storage-section.tsx'
import { ToolsSection } from './tools-section.tsx'
import { WorkerLogs } from './worker-logs.tsx'

type PartId =
  | 'site'
  | 'library'
  | 'advanced'
  | 'lan'
  | 'tools'
  | 'backup'
  | 'storage'
  | 'folders'
  | 'people'
  | 'worker-logs'
  | 'audit'

/** A part of the Admin Area. */
export interface Part {
  /** of its {@link Section}, in addresses (`/admin#people`) and in the translations (`admin.section`) */
  id: PartId
  /** the part it belongs to, for the anchors */
  within?: PartId
  Shown: ComponentType
  /** procedures without whose answers it does not have its height yet */
  asks: readonly ProcedureName[]
}

/** What the Admin Area consists of, from top to bottom: another part adds its line here. */
export const PARTS: readonly Part[] = [
  { id: 'site', Shown: SiteSection, asks: [] },
  { id: 'library', within: 'site', Shown: LibrarySection, asks: ['settings.library'] },
  { id: 'advanced', within: 'site', Shown: AdvancedSection, asks: ['settings.advanced'] },
  { id: 'lan', within: 'site', Shown: LanSection, asks: ['lan.status', 'settings.lan'] },
  { id: 'tools', Shown: ToolsSection, asks: [] },
  { id: 'backup', within: 'tools', Shown: BackupSection, asks: ['backup.list', 'settings.backup'] },
  { id: 'storage', Shown: StorageSection, asks: ['storage.usage'] },
  { id: 'folders', within: 'storage', Shown: FoldersSection, asks: ['folders.list'] },
  { id: 'people', Shown: PeopleSection, asks: ['accounts.list', 'accounts.removed'] },
  { id: 'worker-logs', Shown: WorkerLogs, asks: ['jobs.list'] },
  { id: 'audit', Shown: AuditSection, asks: ['audit.list'] },
]
