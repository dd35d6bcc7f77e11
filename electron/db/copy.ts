import { Connection } from './connection.ts'
import { StorageError } from './errors.ts'
import { triggerPrefix } from './triggers.ts'

interface CheckOptions {
  /** looks at every index, too; takes much longer with a large database */
  thorough: boolean
  /** whether it may be anybody's file: then it must not run statements of its own either */
  untrusted?: boolean
  signal?: AbortSignal | undefined
}

/**
 * Looks at a copy of a household's database, which is only read, and throws {@link StorageError} where it is none or damaged: `corrupt`,
 * `foreign` for the database of another program or one that would run statements of its own.
 */
export async function checkCopy(
  file: string,
  { thorough, untrusted = false, signal }: CheckOptions,
): Promise<void> {
  const connection = await Connection.open(file, { mode: 'look' })
  const interrupt = () => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    const found = await connection.all(`pragma ${thorough ? 'integrity_check' : 'quick_check'}(10)`)
    const wrong = found.map((row) => String(Object.values(row)[0])).filter((text) => text !== 'ok')
    if (wrong.length > 0) throw new StorageError('corrupt', `The copy is damaged: ${wrong[0]}`)
    const [lost] = await connection.all('pragma foreign_key_check')
    if (lost) throw new StorageError('corrupt', `Rows of the copy refer to missing ones: ${lost.table}`)
    await refuseForeign(connection, untrusted)
  } finally {
    signal?.removeEventListener('abort', interrupt)
    await connection.close()
  }
}

async function refuseForeign(connection: Connection, untrusted: boolean): Promise<void> {
  const parts = await connection.all('select type, name from sqlite_master')
  const has = (table: string) => parts.some(({ type, name }) => type === 'table' && name === table)
  const acts = parts.some(
    ({ type, name }) => type === 'view' || (type === 'trigger' && !String(name).startsWith(triggerPrefix)),
  )
  if (!has('__migrations') || (untrusted && (acts || !has('accounts'))))
    throw new StorageError('foreign', "This file is a database of another program, not a household's.")
}

/** What a copy tells of itself without being checked. Throws {@link StorageError}, `SqlError` for what is no household's. */
export async function lookAtCopy(file: string) {
  const connection = await Connection.open(file, { mode: 'look' })
  try {
    const migrations = await connection.all('select tag from __migrations order by rowid')
    const [counts] = await connection.all(
      `select (select count(*) from accounts where deleted_at is null) as accounts,
        (select coalesce(sum(count), 0) from month_counts where shelf <> 'missing') as photos`,
    )
    return {
      migrations: migrations.map(({ tag }) => String(tag)),
      accounts: Number(counts?.accounts),
      photos: Number(counts?.photos),
    }
  } finally {
    await connection.close()
  }
}
