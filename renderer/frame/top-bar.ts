import { createContext, useContext } from 'react'

export const TopBarContext = createContext<HTMLElement | null>(null)

/**
 * The top bar's element, for a page to draw a bar of its own in: what is in it with `data-page-bar` stands in place of all else. Null before the
 * frame is drawn.
 */
export const useTopBar = () => useContext(TopBarContext)
