/** A message from the page to the main process, as JSON over the binding. */
export type ToMain =
  | { kind: 'invoke'; id: number; channel: string; args: string }
  | { kind: 'send'; channel: string; args: string }
  | { kind: 'open'; detail: string[] }

/** A message from the main process into the isolated world. */
export type ToPage =
  | { kind: 'event'; channel: string; args: string }
  | { kind: 'reply'; id: number; value: string }
  | { kind: 'reply'; id: number; error: string }
