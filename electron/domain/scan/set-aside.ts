/**
 * The name under which a file's row waits while another file has its place: none that a file can have, so that no two meet, and
 * ending like its own, so that what it is called still tells what it is.
 */
export const setAsideName = (fileId: number, name: string) =>
  isSetAside(name) ? name : `replaced/${fileId}/${name}`

/** Whether a name is of a row without a place: nothing on disk belongs to it, its content alone tells where it is. */
export const isSetAside = (name: string) => name.includes('/')
