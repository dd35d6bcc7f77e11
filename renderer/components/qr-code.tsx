import { useEffect, useState } from 'react'
import styles from './qr-code.module.css'

/** Modules of light around a code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4

interface Drawing {
  size: number
  path: string
}

/** One square for each dark module, as the data of an SVG path. The encoder is fetched with the first code. */
async function draw(text: string): Promise<Drawing> {
  const { create } = await import('qrcode')
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const squares = Array.from(data, (dark, at) =>
    dark ? `M${at % size} ${Math.floor(at / size)}h1v1h-1z` : '',
  )
  return { size, path: squares.join('') }
}

/** A QR code; keeps its place while the encoder is loaded, and where it can't be. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [{ size, path }, setDrawing] = useState<Drawing>({ size: 1, path: '' })
  useEffect(() => {
    let current = true
    draw(text).then(
      (drawing) => current && setDrawing(drawing),
      // what it says stands beside it as text
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [text])
  const edge = size + 2 * QUIET_ZONE
  return (
    <svg
      className={styles.code}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${edge} ${edge}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={path} />
    </svg>
  )
}
