/** A file of a photo on the host's disk. */
export interface PictureFile {
  /** absolute */
  path: string
  mime: string
  /** what it is called when saved */
  fileName: string
  /** without quotes; changes with the bytes */
  etag: string
}

/**
 * The bytes of photos. Callers have checked that the photo is in scope. Throws `Refusal`: `not_found` where the photo has no
 * such picture, `unavailable` (`file_missing`) where its file is not on disk now.
 */
export interface Pictures {
  /** A made picture; made now, single-flight and with a deadline, where it is missing. */
  rendered(photoId: number, kind: 'thumb' | 'preview'): Promise<PictureFile>
  original(photoId: number): Promise<PictureFile>
}
