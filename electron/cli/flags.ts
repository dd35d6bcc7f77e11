import { FLAGS, type Flag } from '../contract/values.ts'
import { UsageFailure } from './failure.ts'
import { type Context, table } from './output.ts'

/** `mantel flags ls` */
export async function listFlags({ operator, tell }: Context): Promise<void> {
  const result = await operator.call('flags.get', {})
  tell(
    result,
    table(
      ['FLAG', 'STATE'],
      FLAGS.map((flag) => [flag, onOff(result.flags[flag])]),
    ),
  )
}

/** `mantel flags set`. Throws {@link UsageFailure} for a name that is none. */
export async function setFlag({ operator, tell }: Context, name: string, state: 'on' | 'off'): Promise<void> {
  const flag = FLAGS.find((one) => one === name)
  if (!flag) throw new UsageFailure(`${name} is no flag; "mantel flags ls" lists them`)
  // a computed key loses its type
  const flags = { [flag]: state === 'on' } as Partial<Record<Flag, boolean>>
  const result = await operator.call('flags.set', { flags })
  tell(result, `${flag} is ${onOff(result.flags[flag])} for everyone.`)
}

const onOff = (value: boolean) => (value ? 'on' : 'off')
