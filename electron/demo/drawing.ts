/** A picture made of shapes, as SVG. Coordinates are pixels from the upper left. */

export type Point = readonly [x: number, y: number]

/** A colour of a gradient at a place from 0 to 1, with its opacity. */
export type Stop = readonly [at: number, colour: string, opacity?: number]

export class Drawing {
  readonly width: number
  readonly height: number
  readonly #definitions: string[] = []
  readonly #shapes: string[] = []

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
  }

  /** A fill that changes from one end of a shape to the other: downwards, or at an angle of `x2, y2` (0–1). */
  linear(stops: readonly Stop[], x2 = 0, y2 = 1): string {
    return this.#define(`linearGradient x1="0" y1="0" x2="${x2}" y2="${y2}"`, 'linearGradient', stops)
  }

  /** A fill that changes from a shape's middle (or `cx, cy`, 0–1) outwards. */
  radial(stops: readonly Stop[], cx = 0.5, cy = 0.5): string {
    return this.#define(`radialGradient cx="${cx}" cy="${cy}" r="0.5"`, 'radialGradient', stops)
  }

  #define(opening: string, closing: string, stops: readonly Stop[]): string {
    const id = `g${this.#definitions.length}`
    const inner = stops.map(([at, colour, opacity = 1]) => {
      return `<stop offset="${round(at)}" stop-color="${colour}" stop-opacity="${round(opacity)}"/>`
    })
    this.#definitions.push(`<${opening} id="${id}">${inner.join('')}</${closing}>`)
    return `url(#${id})`
  }

  rect(x: number, y: number, width: number, height: number, fill: string, more = ''): void {
    const size = `width="${round(width)}" height="${round(height)}"`
    this.#shapes.push(`<rect x="${round(x)}" y="${round(y)}" ${size} fill="${fill}" ${more}/>`)
  }

  ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ''): void {
    const radii = `rx="${round(rx)}" ry="${round(ry)}"`
    this.#shapes.push(`<ellipse cx="${round(x)}" cy="${round(y)}" ${radii} fill="${fill}" ${more}/>`)
  }

  circle(x: number, y: number, radius: number, fill: string, more = ''): void {
    this.ellipse(x, y, radius, radius, fill, more)
  }

  polygon(points: readonly Point[], fill: string, more = ''): void {
    this.#shapes.push(`<polygon points="${points.map(text).join(' ')}" fill="${fill}" ${more}/>`)
  }

  /** A closed shape with rounded corners through the middles of the given points' connections. */
  blob(points: readonly Point[], fill: string, more = ''): void {
    this.#shapes.push(`<path d="${rounded(points)}" fill="${fill}" ${more}/>`)
  }

  path(d: string, fill: string, more = ''): void {
    this.#shapes.push(`<path d="${d}" fill="${fill}" ${more}/>`)
  }

  line(points: readonly Point[], stroke: string, width: number, more = ''): void {
    const style = `stroke="${stroke}" stroke-width="${round(width)}" stroke-linecap="round" stroke-linejoin="round"`
    this.#shapes.push(`<polyline points="${points.map(text).join(' ')}" fill="none" ${style} ${more}/>`)
  }

  /** Everything drawn by `draw` together, with attributes of SVG's `g` (transform, opacity). */
  group(attributes: string, draw: () => void): void {
    this.#shapes.push(`<g ${attributes}>`)
    draw()
    this.#shapes.push('</g>')
  }

  /** Fills the whole picture. */
  fill(fill: string): void {
    this.rect(0, 0, this.width, this.height, fill)
  }

  toSvg(): string {
    const size = `width="${this.width}" height="${this.height}"`
    const view = `viewBox="0 0 ${this.width} ${this.height}"`
    const definitions = `<defs>${this.#definitions.join('')}</defs>`
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${view}>${definitions}${this.#shapes.join('')}</svg>`
  }
}

const round = (value: number) => Math.round(value * 100) / 100
const text = ([x, y]: Point) => `${round(x)},${round(y)}`

function rounded(points: readonly Point[]): string {
  const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return ''
  const steps = points.map(
    (point, index) => `Q${text(point)} ${text(middle(point, points[index + 1] ?? first))}`,
  )
  return `M${text(middle(last, first))} ${steps.join(' ')} Z`
}

/** A colour between two of the form `#rrggbb`; 0 is the first, 1 the second. */
export function mix(from: string, to: string, part: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * part),
  )
  return `#${mixed.map((value) => Math.min(255, Math.max(0, value)).toString(16).padStart(2, '0')).join('')}`
}
