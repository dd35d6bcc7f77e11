import { Clock, FileImage, Film, ImageOff } from 'lucide-react'
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../../electron/contract/values.ts'
import { isReachable, onReachableChange } from '../../connection.ts'
import { type Month, takenAtOf } from '../month.ts'
import { dayName, timeName } from '../names.ts'
import { photoHref, useListPlace } from '../photo-list.ts'
import { placeholderColour, placeholderUrl, requestPlaceholder } from '../placeholder.ts'
import { Tick } from '../selection/ticks.tsx'
import styles from './tile.module.css'

interface TileProps {
  data: Month
  index: number
  x: number
  width: number
  height: number
  /** its picture may be loaded: it will be in sight for more than a moment */
  live: boolean
  tabStop: boolean
  /** it is being dragged elsewhere */
  lifted: boolean
  /** `none`: nothing is selected yet; null where nothing can be */
  mark: 'none' | 'selectable' | 'selected' | null
}

/** Tiles narrower or lower than this say why there is no picture by their icon alone. */
const ROOM_FOR_WORDS = 96

/** One photo in the timeline: a link that opens it. Clicks and focus are handled by the grid. */
export const Tile = memo(function Tile(props: TileProps) {
  const { data, index, x, width, height, live, tabStop, lifted, mark } = props
  const { t } = useTranslation()
  const list = useListPlace()
  const state = data.states[index] ?? 'ready'
  const kind = data.kinds[index] ?? 'image'
  const id = data.ids[index] ?? 0
  const taken = takenAtOf(data, index)
  const name = t(`library.kind.${kind}`, {
    day: dayName(taken.slice(0, 10)),
    time: timeName(taken),
  })
  const why = state === 'ready' ? null : t(`library.state.${state}.${kind}`)
  const [hovered, setHovered] = useState(false)
  const selected = mark === 'selected'
  const wordy = Math.min(width, height) >= ROOM_FOR_WORDS
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the link inside has the focus
    // biome-ignore lint/a11y/useSemanticElements: cells of a grid are placed freely, a table's are not
    <div
      role="gridcell"
      className={styles.tile}
      style={{ left: x, width, height }}
      data-lifted={lifted || undefined}
      aria-selected={mark === null ? undefined : selected}
      onPointerEnter={({ pointerType }) => setHovered(pointerType === 'mouse')}
      onPointerLeave={() => setHovered(false)}
    >
      <a
        href={photoHref(list, id)}
        className={styles.link}
        tabIndex={tabStop ? 0 : -1}
        draggable={false}
        aria-label={why ? `${name}. ${why}` : name}
        title={why ?? undefined}
        data-photo={id}
        data-month={data.month}
        data-index={index}
      >
        {why && (
          <span className={styles.why}>
            <StateIcon state={state} kind={kind} />
            {wordy && <span>{why}</span>}
          </span>
        )}
        {(state === 'ready' || state === 'pending') && (
          <Picture data={data} index={index} live={live} isPending={state === 'pending'} />
        )}
        {state === 'ready' && kind !== 'image' && (
          <span className={styles.badge}>{kind === 'raw' ? t('library.raw') : <Film />}</span>
        )}
      </a>
      {mark && (hovered || mark !== 'none') && <Tick name={name} checked={selected} />}
    </div>
  )
})

function StateIcon({ state, kind }: { state: string; kind: string }) {
  if (state === 'pending') return <Clock />
  if (state === 'broken') return <ImageOff />
  return kind === 'video' ? <Film /> : <FileImage />
}

/** Pictures that arrive sooner are there at once; later ones fade in. */
const SUDDEN_MS = 80

type PictureProps = Pick<TileProps, 'data' | 'index' | 'live'> & {
  /** not made yet: asking for it has it made ahead of all that nobody looks at */
  isPending: boolean
}

/** The thumbnail over its placeholder. */
function Picture({ data, index, live, isPending }: PictureProps) {
  const { t } = useTranslation()
  const { share } = useListPlace().list
  const hash = data.thumbhashes[index] ?? null
  // A failure counts for the state it came in: what could not be made in time is asked for anew once it was made.
  const [failedWhile, setFailedWhile] = useState<'pending' | 'ready' | null>(null)
  const failed = failedWhile === (isPending ? 'pending' : 'ready')
  // the server was away: once it is back, the picture is asked for again
  useEffect(() => {
    if (failed) return onReachableChange(() => setFailedWhile((before) => (isReachable() ? null : before)))
  }, [failed])
  const placeholder = usePlaceholder(hash, live)
  const image = useImageLoading(live)
  // What its tile says instead of a picture stands below.
  if (failed && isPending) return null
  if (failed)
    return (
      <span className={styles.why} title={t('library.thumbFailed')}>
        <ImageOff />
      </span>
    )
  return (
    <>
      <span ref={placeholder} className={styles.placeholder} />
      {live && (
        <img
          ref={image.ref}
          className={styles.picture}
          src={mediaUrl('thumb', data.ids[index] ?? 0, data.versions[index] ?? 0, share)}
          alt=""
          decoding="async"
          draggable={false}
          onLoad={image.onLoad}
          onError={() => setFailedWhile(isPending ? 'pending' : 'ready')}
        />
      )}
    </>
  )
}

/** Fills an element with a placeholder: its mean colour at once; its picture when that is decoded, if `live`. */
function usePlaceholder(hash: string | null, live: boolean) {
  const ref = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element || !hash) return
    const known = placeholderUrl(hash)
    // set past React: a grid of tiles would be rendered again for every few of them
    if (known) element.style.backgroundImage = `url(${known})`
    else {
      element.style.backgroundColor = placeholderColour(hash) ?? ''
      if (!live) return
      return requestPlaceholder(hash, (url) => {
        element.style.backgroundImage = `url(${url})`
      })
    }
  }, [hash, live])
  return ref
}

/** Fades a late picture in, and takes the request back when its tile goes before it came. */
function useImageLoading(live: boolean) {
  const ref = useRef<HTMLImageElement>(null)
  const began = useRef(0)
  useLayoutEffect(() => {
    const image = ref.current
    if (!live || !image) return
    began.current = performance.now()
    return () => {
      // removing the element alone lets the browser go on loading
      if (!image.complete) image.removeAttribute('src')
    }
  }, [live])
  const onLoad = () => {
    if (!ref.current) return
    ref.current.dataset.loaded = performance.now() - began.current < SUDDEN_MS ? 'at-once' : 'late'
    const placeholder = ref.current.previousElementSibling
    if (placeholder instanceof HTMLElement) placeholder.dataset.covered = ''
  }
  return { ref, onLoad }
}
