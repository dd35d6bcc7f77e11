/** What a response that is still being written belongs to: a session, by its id, or a link. */
export type LiveKey = number | `link ${number}`

/** The key of what is open through a link. */
export const liveLink = (shareId: number): LiveKey => `link ${shareId}`
