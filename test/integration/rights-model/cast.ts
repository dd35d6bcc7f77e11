import { type Account, FOLDER_NAMES, type FolderName, type Grant, type Photo } from './state.ts'

/** What an account has made for itself. */
export type Furnishing = Pick<Account, 'totp' | 'pending' | 'recovery' | 'spentCode' | 'appPasswords'>

export const nothingFurnished = (): Furnishing => ({
  totp: null,
  pending: null,
  recovery: [],
  spentCode: null,
  appPasswords: new Map(),
})

type Person = Omit<
  Account,
  | 'id'
  | 'password'
  | 'grants'
  | 'isPending'
  | 'isDeleted'
  | 'keptUntil'
  | 'isDeviceKnown'
  | 'mustChange'
  | keyof Furnishing
> & {
  grants: Partial<Record<FolderName, Grant>>
}

const rw: Grant = { access: 'read-write', mayShare: true }
const ro: Grant = { access: 'read-only', mayShare: false }
const person = { superAdmin: false, mayLogIn: true, webdav: false, mayShare: true, grants: {} }

/** With whom every sequence begins, each logged in: all roles there are, and two that only a newer version knows. */
export const CAST: readonly Person[] = [
  {
    ...person,
    key: 1,
    username: 'olga',
    role: 'admin',
    superAdmin: true,
    webdav: true,
    grants: { family: rw },
  },
  { ...person, key: 2, username: 'otto', role: 'user', superAdmin: true },
  { ...person, key: 3, username: 'baroness', role: 'baroness', superAdmin: true, grants: { school: ro } },
  { ...person, key: 4, username: 'ada', role: 'admin', grants: { ada: rw, family: ro } },
  {
    ...person,
    key: 5,
    username: 'ben',
    role: 'user',
    webdav: true,
    grants: { family: ro, kids: rw, ben: rw },
  },
  { ...person, key: 6, username: 'cleo', role: 'viewer', grants: { family: rw } },
  { ...person, key: 7, username: 'gus', role: 'guest', grants: { kids: rw } },
  { ...person, key: 8, username: 'butler', role: 'butler', grants: { ben: rw } },
]

/** Who of them have switched on the second factor, whom a seed was just shown, and who have an app password. */
export const WITH_FACTOR = ['ada', 'ben']
export const WITH_SEED = ['olga', 'cleo']
export const WITH_APP_PASSWORD = ['olga', 'ben']

/** Who of them are super admins, for sequences with one, two or three. */
export const SUPER_ADMINS = [['olga'], ['olga', 'otto'], ['olga', 'baroness'], ['olga', 'otto', 'baroness']]

const still = { isVideo: false, archived: false, private: false, trashed: false, missing: false }

/** Photos by folder, in every state there is. */
export const PHOTOS: readonly Omit<Photo, 'id'>[] = [
  ...FOLDER_NAMES.map((folder) => ({ ...still, name: `${folder}-shown`, folder })),
  { ...still, name: 'family-archived', folder: 'family', archived: true },
  { ...still, name: 'family-private', folder: 'family', private: true },
  { ...still, name: 'kids-trashed', folder: 'kids', trashed: true },
  { ...still, name: 'family-video', folder: 'family', isVideo: true },
  { ...still, name: 'ben-private', folder: 'ben', private: true },
  { ...still, name: 'school-missing', folder: 'school', missing: true },
]

/** Where a folder lies below the household's pictures. */
export const PLACES: Record<FolderName, string> = {
  family: 'family',
  kids: 'family/kids',
  school: 'family/kids/school',
  ada: 'ada',
  ben: 'ben',
  attic: 'attic',
}
