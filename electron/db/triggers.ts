/** Names of the triggers below start with this, so that those of an older version can be found and dropped. */
export const triggerPrefix = 'mantel_'

const count = (row: 'old' | 'new') =>
  `area_id = ${row}.area_id and shelf = ${row}.shelf and month = ${row}.month`

// No upsert: inside a trigger the outer statement's conflict policy (`insert or ignore`) would take the place of ours.
const add = `
  insert into month_counts (area_id, shelf, month, count)
    select new.area_id, new.shelf, new.month, 0
    where not exists (select 1 from month_counts where ${count('new')});
  update month_counts set count = count + 1 where ${count('new')};`

const take = `
  update month_counts set count = count - 1 where ${count('old')};
  delete from month_counts where ${count('old')} and count = 0;`

const forgetDigest = (row: 'old' | 'new') => `
  update directories set digest = null where id = ${row}.directory_id and digest is not null;`

/**
 * Triggers of the household's database by name: they keep `month_counts` equal to a count of `photos` by area, shelf and
 * month, and forget a directory's digest whenever what it was taken of changes, whoever changes it. drizzle knows no triggers; migrate.ts makes these anew whenever they differ from what the database holds.
 */
export const triggers: ReadonlyMap<string, string> = new Map([
  [
    `${triggerPrefix}photos_insert`,
    `create trigger ${triggerPrefix}photos_insert after insert on photos begin${add}\nend`,
  ],
  [
    `${triggerPrefix}photos_delete`,
    `create trigger ${triggerPrefix}photos_delete after delete on photos begin${take}\nend`,
  ],
  [
    `${triggerPrefix}photos_update`,
    `create trigger ${triggerPrefix}photos_update after update on photos
  when old.area_id <> new.area_id or old.shelf <> new.shelf or old.month <> new.month begin${take}${add}\nend`,
  ],
  [
    `${triggerPrefix}files_insert`,
    `create trigger ${triggerPrefix}files_insert after insert on files begin${forgetDigest('new')}\nend`,
  ],
  [
    `${triggerPrefix}files_delete`,
    `create trigger ${triggerPrefix}files_delete after delete on files begin${forgetDigest('old')}\nend`,
  ],
  [
    `${triggerPrefix}files_update`,
    `create trigger ${triggerPrefix}files_update
  after update of directory_id, name, size_bytes, mtime_ms, presence on files begin${forgetDigest('old')}${forgetDigest('new')}\nend`,
  ],
])

/** Counts afresh what the triggers keep from then on; for databases filled before they were there. */
export const recount: readonly string[] = [
  'delete from month_counts',
  `insert into month_counts (area_id, shelf, month, count)
    select area_id, shelf, month, count(*) from photos group by area_id, shelf, month`,
]
