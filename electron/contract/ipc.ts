/** From the page to the main process: one procedure call, answered. */
export const CALL_CHANNEL = 'call'
/** From the main process to the page: something may have changed. */
export const HINT_CHANNEL = 'hint'
