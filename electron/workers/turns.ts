import type { Answer } from './asking.ts'

/**
 * Has requests that go to one place (a folder's disk) wait for each other, so that a disk that does not answer occupies one process
 * and leaves the others to other folders. When it stays silent, those behind are answered with that too, rather than each after its own
 * deadline; whoever comes later tries anew.
 */
export class Turns {
  readonly #last = new Map<string, Promise<Answer<unknown>>>()

  async take<Reply>(place: string, ask: () => Promise<Answer<Reply>>): Promise<Answer<Reply>> {
    const before = this.#last.get(place)
    const mine = before ? before.then(follow, ask) : ask()
    this.#last.set(place, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(place) === mine) this.#last.delete(place)
    }

    function follow(answer: Answer<unknown>): Promise<Answer<Reply>> | Answer<Reply> {
      return !answer.ok && answer.failure === 'worker_timeout' ? answer : ask()
    }
  }
}
