/** Gives the focus to the part of the dialog that a control stands in: the control itself is about to go. */
export const focusPart = (control: Element | null): void =>
  control?.closest<HTMLElement>('section')?.focus({ preventScroll: true })
