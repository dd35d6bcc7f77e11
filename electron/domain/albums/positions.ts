/** Between the positions of two photos that follow one another in an album, so that others fit in without moving them. */
export const STEP = 2 ** 20

/** Positions beyond are of others' making; those that are given here stay well inside what numbers hold exactly. */
export const FARTHEST = 2 ** 52
