import type { z } from 'zod'
import type { Policy } from '../access/policies.ts'
import type { Principal } from '../access/principal.ts'
import type { Reason } from '../contract/reasons.ts'
import { REASONS } from '../contract/reasons.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Caller } from './caller.ts'
import type { Services } from './services.ts'

/** What a procedure's body is handed. `by` is as narrow as its policy has proved. */
interface Context<P extends Principal = Principal, I = unknown> {
  readonly by: P
  readonly input: I
  readonly caller: Caller
  readonly services: Services
}

/** A procedure as the spine keeps it: pure data but for its body. */
export interface Procedure {
  readonly allow: Policy
  readonly input: z.ZodType
  readonly output: z.ZodType
  run(context: Context): Promise<unknown>
}

interface Definition<P extends Principal, I extends z.ZodType, O extends z.ZodType> {
  /** who may call it: a procedure without a policy does not compile */
  allow: Policy<P>
  input: I
  output: O
  run(context: Context<P, z.output<I>>): Promise<z.input<O>>
}

/** Defines a procedure. Its body runs only when the policy allowed the caller and the input has the right form. */
export function procedure<P extends Principal, I extends z.ZodType, O extends z.ZodType>(
  definition: Definition<P, I, O>,
): Procedure {
  // `enter` hands the body only what its policy and its schema have proved
  return definition as unknown as Procedure
}

/** The one place where a policy is enforced. Throws {@link Refusal}: `unauthenticated`, `forbidden` or `invalid`. */
export async function enter(procedure: Procedure, caller: Caller, input: unknown, services: Services) {
  const by = withAddress(caller)
  const allowed: boolean = procedure.allow.allows(by)
  if (!allowed) throw refusalOf(procedure.allow, by)
  const parsed = procedure.input.safeParse(input ?? {})
  if (!parsed.success) throw new Refusal('invalid', { fields: fieldsOf(parsed.error) })
  const output = await procedure.run({
    by: procedure.allow.handed(by),
    input: parsed.data,
    caller,
    services,
  })
  // what the contract does not name is dropped here, so nothing leaves by accident
  return procedure.output.parse(output)
}

/** The principal as its procedure knows it: those who may change things with the place they ask from. */
function withAddress({ principal, address }: Caller): Principal {
  const mayChange =
    principal.kind === 'account' || principal.kind === 'viewing' || principal.kind === 'operator'
  return mayChange ? { ...principal, address } : principal
}

function refusalOf(allow: Policy, by: Principal): Refusal {
  // a visitor of a link is not logged in either
  const isNobody = by.kind === 'anonymous' || by.kind === 'locked' || by.kind === 'visitor'
  const reason = allow.why(by)
  return new Refusal(isNobody ? 'unauthenticated' : 'forbidden', reason && { reason })
}

/** Each wrong field with the rule it broke; a field of its own for every unknown key. */
function fieldsOf(error: z.ZodError): Record<string, Reason> {
  const fields: Record<string, Reason> = {}
  for (const issue of error.issues) {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) fields[[...path, key].join('.')] = 'unknown_key'
    else fields[path.join('.') || 'input'] ??= reasonOf(issue)
  }
  return fields
}

function reasonOf(issue: z.core.$ZodIssue): Reason {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'required'
  return Object.hasOwn(REASONS, issue.message) ? (issue.message as Reason) : 'malformed'
}
