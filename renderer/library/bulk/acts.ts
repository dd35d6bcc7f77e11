import type { Input } from '../../../electron/contract/contract.ts'
import type { call as callProcedure } from '../../api.ts'
import type { Act } from './run.ts'

/** How procedures are called: {@link callProcedure}, or a test's own way. */
type Call = typeof callProcedure

type Mark = Omit<Input<'photos.update'>, 'ids'>

/** Archives photos, marks them private, or takes either mark away. */
export const markThem =
  (call: Call, mark: Mark): Act =>
  async (ids) => {
    const { changed } = await call('photos.update', { ...mark, ids: [...ids] })
    return {
      changed,
      undo: changed.length > 0 ? [{ ids: changed, act: markThem(call, opposite(mark)) }] : [],
    }
  }

const opposite = ({ archived, private: hidden }: Mark): Mark => ({
  ...(archived !== undefined && { archived: !archived }),
  ...(hidden !== undefined && { private: !hidden }),
})
