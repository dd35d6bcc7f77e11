import { type Drawing, mix } from '../drawing.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'

/** Soft discs of light: what a wide-open lens makes of a background. */
export function drawBokeh(drawing: Drawing, random: Random, colours: readonly string[], count = 42): void {
  const { width: w, height: h } = drawing
  for (let index = 0; index < count; index += 1) {
    const colour = random.pick(colours)
    const size = Math.min(w, h) * random.between(0.03, 0.14)
    const [x, y] = [random.next() * w, random.next() * h]
    const opacity = random.between(0.1, 0.34)
    drawing.circle(
      x,
      y,
      size,
      colour,
      `fill-opacity="${opacity}" stroke="${colour}" stroke-opacity="${opacity}"`,
    )
  }
}

export const flower: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const green = lit(random.pick(['#3f6b38', '#58803a', '#2f5f4a']), light)
  drawing.fill(
    drawing.radial(
      [
        [0, mix(green, light.sun, 0.45)],
        [1, mix(green, '#0f1f18', 0.45)],
      ],
      0.35,
      0.3,
    ),
  )
  drawBokeh(drawing, random, [mix(green, '#ffffff', 0.5), mix(green, '#fff0a0', 0.6), green, '#e9b7c6'])
  const edge = Math.min(w, h)
  const kinds = [
    ['#e8506b', '#f9c846'],
    ['#f6f2ea', '#f2c230'],
    ['#8f6fd1', '#f7d774'],
    ['#f4a03c', '#6b3a24'],
    ['#e88fb0', '#fbe59a'],
  ] as const
  for (let index = random.whole(1, 3); index >= 0; index -= 1) {
    const [petal, heart] = random.pick(kinds)
    const size = edge * (index === 0 ? random.between(0.3, 0.37) : random.between(0.12, 0.2))
    const x = w * (index === 0 ? random.between(0.4, 0.6) : random.between(0.08, 0.92))
    const y = h * (index === 0 ? random.between(0.42, 0.5) : random.between(0.2, 0.7))
    drawing.path(
      `M${x},${y} Q${x + size * 0.3},${(y + h) / 2} ${x - size * 0.1},${h + 5} h${size * 0.09} Q${x + size * 0.42},${(y + h) / 2} ${x + size * 0.05},${y} Z`,
      mix(green, '#16301c', 0.35),
    )
    drawFlower(drawing, random, x, y, size, lit(petal, light), lit(heart, light))
  }
}

/** A flower seen from the front: two rings of petals around a heart of seeds. */
export function drawFlower(
  drawing: Drawing,
  random: Random,
  x: number,
  y: number,
  size: number,
  petal: string,
  heart: string,
): void {
  const petals = random.whole(9, 15)
  const turn = random.next() * 90
  for (let ring = 0; ring < 2; ring += 1) {
    for (let index = 0; index < petals; index += 1) {
      const angle = turn + (360 / petals) * (index + ring * 0.5)
      const reach = size * (ring === 0 ? 1 : 0.78) * random.between(0.93, 1.05)
      const half = (size * 2.4) / petals
      const fill = drawing.linear([
        [0, mix(petal, '#ffffff', 0.35)],
        [0.7, petal],
        [1, mix(petal, '#401020', 0.35)],
      ])
      const shape = `M0,0 C${-half},${-reach * 0.4} ${-half * 0.8},${-reach} 0,${-reach} C${half * 0.8},${-reach} ${half},${-reach * 0.4} 0,0 Z`
      drawing.group(`transform="translate(${x} ${y}) rotate(${angle})"`, () =>
        drawing.path(
          shape,
          fill,
          `stroke="${mix(petal, '#401020', 0.3)}" stroke-width="1" stroke-opacity="0.4"`,
        ),
      )
    }
  }
  drawing.circle(
    x,
    y,
    size * 0.23,
    drawing.radial([
      [0, mix(heart, '#ffffff', 0.3)],
      [0.7, heart],
      [1, mix(heart, '#5a3010', 0.5)],
    ]),
  )
  for (let seed = 0; seed < 70; seed += 1) {
    const reach = size * 0.2 * Math.sqrt(seed / 70)
    const angle = seed * 2.39996
    drawing.circle(
      x + Math.cos(angle) * reach,
      y + Math.sin(angle) * reach,
      size * 0.011,
      mix(heart, '#5a3010', 0.55),
    )
  }
}
