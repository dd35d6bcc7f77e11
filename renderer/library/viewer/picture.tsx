import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { decodeNow } from '../placeholder.ts'
import styles from './picture.module.css'
import type { Size } from './zoom.ts'

interface PictureProps {
  id: number
  version: number
  thumbhash: string | null
  /** its fitted size */
  box: Size
  alt: string
  /** the original is wanted and may be had */
  original: boolean
  /** the picture's own size, to tell an original that a browser would show turned */
  pixels: Size | null
  layer: RefObject<HTMLDivElement | null>
  onFailed: () => void
}

/** A picture that gets sharper as it arrives: placeholder, thumbnail, preview, and the original where it is wanted. */
export function Picture({
  id,
  version,
  thumbhash,
  box,
  alt,
  original,
  pixels,
  layer,
  onFailed,
}: PictureProps) {
  const placeholder = useMemo(() => (thumbhash ? decodeNow(thumbhash) : null), [thumbhash])
  const [sharpest, setSharpest] = useState<'none' | 'thumb' | 'preview'>('none')
  return (
    <div ref={layer} className={styles.layer} style={{ width: box.width, height: box.height }}>
      {sharpest === 'none' && placeholder && (
        <div className={styles.placeholder} style={{ backgroundImage: `url(${placeholder})` }} />
      )}
      {sharpest !== 'preview' && (
        <img
          className={styles.image}
          src={mediaUrl('thumb', id, version)}
          alt=""
          draggable={false}
          onLoad={() => setSharpest((before) => (before === 'preview' ? before : 'thumb'))}
        />
      )}
      <Sharp
        src={mediaUrl('preview', id, version)}
        alt={alt}
        onShown={() => setSharpest('preview')}
        onFailed={onFailed}
      />
      {original && <Sharp src={mediaUrl('original', id, version)} alt="" shape={pixels} />}
    </div>
  )
}

interface SharpProps {
  src: string
  alt: string
  shape?: Size | null
  onShown?: () => void
  onFailed?: () => void
}

/** Shown once it is decoded, so that no half-drawn picture and no flicker is seen. */
function Sharp({ src, alt, shape, onShown, onFailed }: SharpProps) {
  const [image, setImage] = useState<HTMLImageElement | null>(null)
  const [shown, setShown] = useState(false)
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
    <img ref={setImage} className={styles.image} data-shown={shown} src={src} alt={alt} draggable={false} />
  )
}

/** A browser that does not know a format's way of turning pictures would show it lying down. */
function sameShape(image: HTMLImageElement, shape: Size | null | undefined): boolean {
  if (!shape) return true
  return (
    image.naturalWidth > image.naturalHeight === shape.width > shape.height || shape.width === shape.height
  )
}
