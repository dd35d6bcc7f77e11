import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { classes } from '../../components/classes.ts'
import { decodeNow } from '../placeholder.ts'
import styles from './picture.module.css'
import { isPrepared } from './prepared.ts'
import type { Size } from './zoom.ts'

interface PictureProps {
  id: number
  version: number
  /** the link through which it is seen */
  share: number | undefined
  thumbhash: string | null
  /** its fitted size */
  box: Size
  alt: string
  /** the original is wanted and may be had */
  original: boolean
  /** the picture's own size, to tell an original that a browser would show turned */
  pixels: Size | null
  layer: RefObject<HTMLDivElement | null>
  /** comes softly, as in a slideshow */
  fades: boolean
  onFailed: () => void
}

/** A picture that gets sharper as it arrives: placeholder, thumbnail, preview, and the original where it is wanted. */
export function Picture({
  id,
  version,
  share,
  thumbhash,
  box,
  alt,
  original,
  pixels,
  layer,
  fades,
  onFailed,
}: PictureProps) {
  const placeholder = useMemo(() => (thumbhash ? decodeNow(thumbhash) : null), [thumbhash])
  const preview = mediaUrl('preview', id, version, share)
  // what began otherwise stays so: a show that is held must not make a picture come again
  const [arrives] = useState(fades)
  const [atOnce] = useState(() => isPrepared(preview))
  const [sharpest, setSharpest] = useState<'none' | 'thumb' | 'preview'>(atOnce ? 'preview' : 'none')
  return (
    <div
      ref={layer}
      className={classes(styles.layer, arrives && styles.arrives)}
      style={{ width: box.width, height: box.height }}
    >
      {sharpest === 'none' && placeholder && (
        <div className={styles.placeholder} style={{ backgroundImage: `url(${placeholder})` }} />
      )}
      {sharpest !== 'preview' && (
        <img
          className={styles.image}
          src={mediaUrl('thumb', id, version, share)}
          alt=""
          draggable={false}
          onLoad={() => setSharpest((before) => (before === 'preview' ? before : 'thumb'))}
        />
      )}
      <Sharp
        src={preview}
        alt={alt}
        atOnce={atOnce}
        onShown={() => setSharpest('preview')}
        onFailed={onFailed}
      />
      {original && <Sharp src={mediaUrl('original', id, version, share)} alt="" shape={pixels} />}
    </div>
  )
}

interface SharpProps {
  src: string
  alt: string
  /** it is decoded already */
  atOnce?: boolean
  shape?: Size | null
  onShown?: () => void
  onFailed?: () => void
}

/** Shown once it is decoded, so that no half-drawn picture and no flicker is seen. */
function Sharp({ src, alt, atOnce = false, shape, onShown, onFailed }: SharpProps) {
  const [image, setImage] = useState<HTMLImageElement | null>(null)
  const [shown, setShown] = useState(atOnce)
  const latest = useRef({ shape, onShown, onFailed })
  useLayoutEffect(() => {
    latest.current = { shape, onShown, onFailed }
  })
  useEffect(() => {
    if (!image) return
    let gone = false
    image.decode().then(
      () => {
        if (gone || !sameShape(image, latest.current.shape)) return
        setShown(true)
        latest.current.onShown?.()
      },
      () => {
        if (!gone) latest.current.onFailed?.()
      },
    )
    return () => {
      gone = true
    }
  }, [image])
  return (
    <img
      ref={setImage}
      className={styles.image}
      data-shown={shown}
      src={src}
      alt={alt}
      draggable={false}
      decoding={atOnce ? 'sync' : 'async'}
    />
  )
}

/** A browser that does not know a format's way of turning pictures would show it lying down. */
function sameShape(image: HTMLImageElement, shape: Size | null | undefined): boolean {
  if (!shape) return true
  return (
    image.naturalWidth > image.naturalHeight === shape.width > shape.height || shape.width === shape.height
  )
}
