import type { Read, Tx } from './connect.ts'

/** Beyond this many answers all are forgotten: they are quickly worked out again. */
const MOST = 5000

interface Memory {
  commits: () => number
  /** what was asked, of what, and the answer */
  answers: Map<string, Map<unknown, Promise<unknown>>>
  size: number
  /** after how many commits these were asked for */
  at: number
}

const memories = new WeakMap<object, Memory>()

/** Has answers from a database remembered until something is written. `commits`: how many there were, to be told before anybody hears of the next. */
export function rememberUnchanged(read: Read, commits: () => number): void {
  memories.set(read, { commits, answers: new Map(), size: 0, at: commits() })
}

/**
 * What `work` finds out from the database about `of` (compared as in a `Map`), or found out since the last commit: exactly what it would find
 * now, as long as it depends on nothing but the database and `of`; what depends on the time does not belong in here. Inside a write
 * it is always asked. Answers are shared, so nobody may change one. Errors are not remembered.
 */
export function remembered<T>(db: Read | Tx, what: string, of: unknown, work: () => Promise<T>): Promise<T> {
  const memory = memories.get(db)
  if (!memory) return work()
  if (memory.at !== memory.commits() || memory.size >= MOST) {
    memory.answers = new Map()
    memory.size = 0
    memory.at = memory.commits()
  }
  const { answers } = memory
  const known = answers.get(what) ?? new Map<unknown, Promise<unknown>>()
  answers.set(what, known)
  const before = known.get(of)
  // under one name there is one kind of answer
  if (before) return before as Promise<T>
  const answer = work()
  known.set(of, answer)
  memory.size += 1
  answer.catch(() => known.delete(of))
  return answer
}
