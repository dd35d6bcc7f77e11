import { createContext, useContext } from 'react'
import type { Input } from '../../electron/contract/contract.ts'

/** Photos of the library: whose, and which of them. */
type LibraryList = Input<'timeline.months'> & { share?: undefined }

/** The photos that a link shows. */
interface HeldList {
  share: number
  view?: undefined
  filter?: undefined
}

/** Which photos a list holds. The same list has the same text as JSON. */
export type PhotoList = LibraryList | HeldList

/** A list and where it lives. */
export interface ListPlace {
  list: PhotoList
  /** the address of the list itself: `/`, `/favourites`, `/folders/12` */
  path: string
  /** what its addresses end with: `?of=everyone`, or nothing */
  search: string
  /** of what is shared: the account may take photos out that were added to it */
  withdraws?: boolean
}

/** The address of a list. */
export const listHref = ({ path, search }: ListPlace) => path + search

/** The address of a photo within a list. */
export const photoHref = ({ path, search }: ListPlace, id: number) =>
  `${path === '/' ? '' : path}/photo/${id}${search}`

export const ListContext = createContext<ListPlace>({ list: {}, path: '/', search: '' })

/** The list that is shown around. */
export const useListPlace = () => useContext(ListContext)
