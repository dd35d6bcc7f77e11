import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accounts } from './accounts.ts'

/** The household's own settings and the defaults people inherit; values are JSON. */
export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
})

/** What one account chose; a missing row means "inherited". */
export const accountSettings = sqliteTable(
  'account_settings',
  {
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.key] })],
)

/** Global feature flags that differ from their default. */
export const flags = sqliteTable('flags', {
  name: text('name').primaryKey(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
})

/** Who changed what, when and from where. Names are copied, so an entry outlives the account. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: integer('at').notNull(),
    actorId: integer('actor_id').references(() => accounts.id, { onDelete: 'set null' }),
    actorName: text('actor_name').notNull(),
    action: text('action').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: integer('object_id'),
    objectName: text('object_name').notNull(),
    details: text('details', { mode: 'json' }).$type<Record<string, unknown>>(),
    address: text('address').notNull(),
  },
  (table) => [
    index('audit_at').on(table.at),
    index('audit_object').on(table.objectKind, table.objectId, table.at),
    index('audit_actor').on(table.actorId, table.at),
  ],
)
