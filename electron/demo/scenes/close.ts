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

/** Breakfast from above. */
export const breakfast: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const cloth = lit(random.pick(['#dfe6e6', '#e9dcc6', '#32484f', '#b8694f', '#7f9a8a']), light)
  drawing.fill(
    drawing.radial(
      [
        [0, mix(cloth, '#ffffff', 0.3)],
        [1, mix(cloth, '#20202a', 0.35)],
      ],
      0.35,
      0.3,
    ),
  )
  for (let stripe = 0; stripe < 12; stripe += 1)
    drawing.rect((w * stripe) / 12, 0, w / 40, h, mix(cloth, '#ffffff', 0.25), 'fill-opacity="0.35"')
  const edge = Math.min(w, h)
  const disc = (x: number, y: number, size: number, colour: string) => {
    drawing.circle(x + size * 0.08, y + size * 0.11, size * 1.03, '#15131a', 'fill-opacity="0.28"')
    drawing.circle(
      x,
      y,
      size,
      drawing.radial([
        [0, mix(colour, '#ffffff', 0.35)],
        [0.75, colour],
        [0.8, mix(colour, '#30303a', 0.18)],
        [0.85, colour],
        [1, mix(colour, '#30303a', 0.22)],
      ]),
    )
  }
  const [x, y, plate] = [w * random.between(0.4, 0.48), h * random.between(0.48, 0.58), edge * 0.36]
  disc(x, y, plate, '#f5f1e8')
  for (let slice = 0; slice < 3; slice += 1) {
    const [sx, sy] = [x + (slice - 1) * plate * 0.42, y + random.between(-0.18, 0.18) * plate]
    drawing.group(`transform="rotate(${random.between(-40, 40)} ${sx} ${sy})"`, () => {
      drawing.rect(
        sx - plate * 0.24,
        sy - plate * 0.28,
        plate * 0.48,
        plate * 0.56,
        '#a8703a',
        `rx="${plate * 0.13}"`,
      )
      drawing.rect(
        sx - plate * 0.21,
        sy - plate * 0.25,
        plate * 0.42,
        plate * 0.5,
        random.pick(['#f2dfb5', '#8fa844', '#d9534a', '#f3c348']),
        `rx="${plate * 0.11}"`,
      )
    })
  }
  for (let berry = 0; berry < 14; berry += 1)
    drawing.circle(
      x + random.between(-0.6, 0.6) * plate,
      y + random.between(-0.6, 0.6) * plate,
      plate * 0.055,
      random.pick(['#3a3f7a', '#c2273c', '#5f8a3a']),
    )
  const [cx, cy, cup] = [w * random.between(0.76, 0.82), h * random.between(0.28, 0.36), edge * 0.15]
  disc(cx, cy, cup * 1.5, '#f1ece1')
  drawing.ellipse(
    cx + cup * 1.15,
    cy,
    cup * 0.35,
    cup * 0.2,
    'none',
    `stroke="#f7f3ea" stroke-width="${cup * 0.16}"`,
  )
  disc(cx, cy, cup, '#f7f3ea')
  drawing.circle(
    cx,
    cy,
    cup * 0.84,
    drawing.radial([
      [0, '#c98f5a'],
      [0.8, '#5a3420'],
      [1, '#3a2012'],
    ]),
  )
  drawing.blob(
    [
      [cx, cy + cup * 0.45],
      [cx - cup * 0.5, cy - cup * 0.2],
      [cx - cup * 0.2, cy - cup * 0.45],
      [cx, cy - cup * 0.2],
      [cx + cup * 0.2, cy - cup * 0.45],
      [cx + cup * 0.5, cy - cup * 0.2],
    ],
    '#f0dcc0',
  )
  for (const side of [-1, 1])
    drawing.rect(
      x + side * plate * 1.18 - plate * 0.025,
      y - plate * 0.6,
      plate * 0.05,
      plate * 1.25,
      drawing.linear(
        [
          [0, '#ffffff'],
          [1, '#8a8f96'],
        ],
        1,
        1,
      ),
      `rx="${plate * 0.02}"`,
    )
}
