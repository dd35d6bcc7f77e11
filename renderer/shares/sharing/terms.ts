import type { Link, LinkOptions } from '../../../electron/contract/shares.ts'

/** What holds for a link, but for its password, which nobody is told again. */
export type Terms = Pick<
  Link,
  'label' | 'expiresAt' | 'viewLimit' | 'download' | 'hidePlaces' | 'hideCamera' | 'upload'
>

/** Puts other options in force; where that is asked of the server, it answers a promise. */
export type Change = (options: LinkOptions) => unknown

/** The options of a link that is not made yet, as terms: what was not chosen is as the server takes it. */
export const termsOf = ({
  label = '',
  expiresAt = null,
  viewLimit = null,
  download = 'none',
  hidePlaces = false,
  hideCamera = false,
  uploadFolderId = null,
}: LinkOptions): Terms => ({
  ...{ label, expiresAt, viewLimit, download, hidePlaces, hideCamera },
  // its name is looked up by whoever shows it
  upload: uploadFolderId === null ? null : { folderId: uploadFolderId, name: '' },
})
