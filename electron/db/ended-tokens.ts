import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { writeDurably } from '../lib/durable.ts'
import type { Connection, Row } from './connection.ts'
import { fromFileSystem } from './errors.ts'

/** The file beside the database that a restore leaves as it is. */
export const ENDED_TOKENS = 'ended-tokens'

/** Which list a database goes with: a row of its table of settings. */
const ID_KEY = 'backup.endedTokens'

/** Beyond so many lines, those that count no more go when the household is opened. */
const LINES_ALLOWED = 10_000
/** The newest lines stay whatever the clock says: one that jumped must not make sessions come back. */
const LINES_KEPT = 2000

const HEAD = /^mantel ended tokens ([0-9a-f]{32})$/
const LINE = /^([0-9a-f]{64}) (\d+|-)$/

interface List {
  id: string
  lines: string[]
}

/** What the writer calls before each commit. */
export type BeforeCommit = (connection: Connection) => Promise<void>

/**
 * Links that were taken back, people with whom something is shared no more, sessions and app passwords that ended, recovery codes that were used or dropped and devices that were forgotten stay so when an older
 * copy of the database comes back: each is noted in an append-only file
 * beside it, on the medium before the change is committed. Called when the database is opened: takes from it what is on the list, and
 * every link and share, session, app password and device where the list is not the one that it went with or is gone; recovery codes stay then, as they
 * may be the only way in. Temporary triggers then see whatever deletes, uses or renames one, by whatever way. Answers what the writer has to call before each commit; throws `StorageError`.
 */
export async function followEndedTokens(connection: Connection, file: string): Promise<BeforeCommit> {
  const list = read(file)
  const own = await idOf(connection)
  const isSame = list !== null && list.id === own
  const id = list?.id ?? randomBytes(16).toString('hex')
  // a household that never had a list has nothing to lose by one
  if (!isSame && (own !== null || list !== null)) await dropAll(connection)
  else if (list) await dropListed(connection, list)
  if (!list) await write(file, { id, lines: [] })
  else if (list.lines.length > LINES_ALLOWED) await write(file, { id, lines: stillCounting(list.lines) })
  if (own !== id)
    await connection.run('insert or replace into settings (key, value) values (?, ?)', [
      ID_KEY,
      JSON.stringify(id),
    ])
  await connection.exec(TRIGGERS)
  return async () => {
    const ended = await connection.all('select hash, ends_at from temp.ended_tokens')
    if (ended.length === 0) return
    append(file, ended)
    await connection.run('delete from temp.ended_tokens')
  }
}

/** What is noted of a known device: the same browser may be known to others, and be known anew. */
const DEVICE = (row: string) => `${row}account_id || ' ' || ${row}token_hash || ' ' || ${row}created_at`

/** What is noted of a person of a share with people: shared with anew, they are noted as somebody else. */
const PERSON = (row: string) => `(select token_hash from shares where direct and id = ${row}share_id)
  || ' ' || ${row}account_id || ' ' || ${row}opened_at`

/** What is noted of the rows of each table, as SQL. */
const NOTED = {
  sessions: 'token_hash',
  app_passwords: 'token_hash',
  recovery_codes: 'code_hash',
  known_devices: DEVICE(''),
  shares: 'token_hash',
  share_guests: PERSON(''),
}

/** A device that nobody logs in on for a year is a stranger anyway (`DEVICE_IDLE_MS`); 365 days, milliseconds. */
const DEVICE_ENDS = 'old.last_used_at + 31536000000'

const TRIGGERS = `create temp table ended_tokens (hash text not null, ends_at integer);
create temp trigger session_ended after delete on main.sessions begin
  insert into ended_tokens values (old.token_hash, old.expires_at); end;
create temp trigger session_renewed after update of token_hash on main.sessions
  when old.token_hash <> new.token_hash begin
  insert into ended_tokens values (old.token_hash, old.expires_at); end;
create temp trigger app_password_ended after delete on main.app_passwords begin
  insert into ended_tokens values (old.token_hash, null); end;
create temp trigger recovery_code_used after update of used_at on main.recovery_codes
  when new.used_at is not null begin
  insert into ended_tokens values (old.code_hash, null); end;
create temp trigger recovery_code_dropped after delete on main.recovery_codes begin
  insert into ended_tokens values (old.code_hash, null); end;
create temp trigger device_forgotten after delete on main.known_devices begin
  insert into ended_tokens values (${DEVICE('old.')}, ${DEVICE_ENDS}); end;
create temp trigger link_revoked after update of revoked_at on main.shares
  when new.revoked_at is not null begin
  insert into ended_tokens values (old.token_hash, null); end;
create temp trigger person_removed after delete on main.share_guests
  when exists (select 1 from main.shares where direct and id = old.share_id) begin
  insert into ended_tokens values (${PERSON('old.')}, null); end;
create temp trigger link_deleted after delete on main.shares begin
  insert into ended_tokens values (old.token_hash, null); end;`

/** Null where it is missing or not readable as such. */
function read(file: string): List | null {
  try {
    const [head = '', ...lines] = readFileSync(file, 'utf8').split('\n')
    const [, id] = HEAD.exec(head) ?? []
    // a line that was cut short by a power cut was never committed either
    return id === undefined ? null : { id, lines: lines.filter((line) => LINE.test(line)) }
  } catch {
    return null
  }
}

async function write(file: string, { id, lines }: List): Promise<void> {
  try {
    await writeDurably(file, [`mantel ended tokens ${id}`, ...lines, ''].join('\n'))
  } catch (error) {
    throw fromFileSystem(error)
  }
}

function stillCounting(lines: string[]): string[] {
  const now = Date.now()
  return lines.filter((line, index) => {
    const [, , ends] = LINE.exec(line) ?? []
    return ends === '-' || Number(ends) > now || index >= lines.length - LINES_KEPT
  })
}

function append(file: string, ended: Row[]): void {
  // begun anew, so that a line that was cut short takes none of these along
  const lines = ended.map(({ hash, ends_at }) => `\n${noted(hash)} ${ends_at ?? '-'}`)
  try {
    const handle = openSync(file, 'a', 0o600)
    try {
      writeSync(handle, `${lines.join('')}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    throw fromFileSystem(error)
  }
}

/** A hash of the database's own: whoever reads the list learns nothing that the database holds. */
const noted = (what: unknown) => createHash('sha256').update(String(what)).digest('hex')

async function idOf(connection: Connection): Promise<string | null> {
  const [row] = await connection.all('select value from settings where key = ?', [ID_KEY])
  return row ? String(JSON.parse(String(row.value))) : null
}

async function dropAll(connection: Connection): Promise<void> {
  await connection.exec(
    'delete from sessions; delete from app_passwords; delete from known_devices; delete from shares',
  )
}

async function dropListed(connection: Connection, { lines }: List): Promise<void> {
  const ended = new Set(lines.map((line) => line.slice(0, 64)))
  for (const [table, what] of Object.entries(NOTED)) {
    const rows = await connection.all(`select rowid as number, ${what} as what from ${table}`)
    for (const { number, what } of rows)
      if (ended.has(noted(what))) await connection.run(`delete from ${table} where rowid = ?`, [number])
  }
}
