/**
 * Every table of the household's database, one file a theme. Ids are integers; instants are epoch milliseconds (UTC);
 * capture times are local wall-clock text. The SQL under `drizzle/` is generated from here (`npm run migration`).
 */
export * from './schema/accounts.ts'
export * from './schema/albums.ts'
export * from './schema/folders.ts'
export * from './schema/household.ts'
export * from './schema/jobs.ts'
export * from './schema/overlays.ts'
export * from './schema/photos.ts'
export * from './schema/shares.ts'
