import type { Page } from 'playwright-core'
import type { Bridge } from '../../electron/contract/bridge.ts'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { Result } from '../../electron/contract/errors.ts'

declare global {
  interface Window {
    mantel?: Bridge
  }
}

/** Calls a procedure as the page itself does, with its session, and answers whatever it is told. */
export function tryAsking(page: Page, name: string, input: object = {}): Promise<Result<unknown>> {
  return page.evaluate(
    async ([procedure, given]) => {
      if (window.mantel) return window.mantel.call(procedure, given)
      const headers = { 'x-mantel': '1', 'content-type': 'application/json' }
      const body = JSON.stringify(given)
      const answer = await fetch(`/rpc/${procedure}`, { method: 'POST', headers, body })
      return answer.json()
    },
    [name, input] as const,
  )
}

/** Calls a procedure that must succeed, for what a test needs but is not about. */
export async function ask<N extends ProcedureName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const result = await tryAsking(page, name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  return result.value as Output<N> // the server has parsed it by this procedure's schema
}
