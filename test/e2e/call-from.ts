import type { Page } from 'playwright-core'
import type { Bridge } from '../../electron/contract/bridge.ts'
import type { Input, Output, ProcedureName } from '../../electron/contract/contract.ts'
import type { Result } from '../../electron/contract/errors.ts'

declare global {
  interface Window {
    mantel?: Bridge
  }
}

/** Calls a procedure as the page itself would, with its session, and answers what it is answered. */
export function callFrom<N extends ProcedureName>(
  page: Page,
  name: N,
  input: Input<N>,
): Promise<Result<Output<N>>> {
  const call = async ([called, given]: readonly [string, unknown]) => {
    if (window.mantel) return window.mantel.call(called, given)
    const answer = await fetch(`/rpc/${called}`, {
      method: 'POST',
      headers: { 'x-mantel': '1', 'content-type': 'application/json' },
      body: JSON.stringify(given),
    })
    return answer.json()
  }
  // what the contract says of this procedure
  return page.evaluate(call, [name, input] as const) as Promise<Result<Output<N>>>
}
