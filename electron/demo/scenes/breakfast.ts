import { type Drawing, mix } from '../drawing.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'

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
  drawPlate(drawing, random, w * random.between(0.4, 0.48), h * random.between(0.48, 0.58), edge * 0.36)
  drawCup(drawing, w * random.between(0.76, 0.82), h * random.between(0.28, 0.36), edge * 0.15)
}

/** Something round and glazed, with the shadow it throws. */
function drawDisc(drawing: Drawing, x: number, y: number, size: number, colour: string): void {
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

function drawPlate(drawing: Drawing, random: Random, x: number, y: number, plate: number): void {
  drawDisc(drawing, x, y, plate, '#f5f1e8')
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

function drawCup(drawing: Drawing, cx: number, cy: number, cup: number): void {
  drawDisc(drawing, cx, cy, cup * 1.5, '#f1ece1')
  drawing.ellipse(
    cx + cup * 1.15,
    cy,
    cup * 0.35,
    cup * 0.2,
    'none',
    `stroke="#f7f3ea" stroke-width="${cup * 0.16}"`,
  )
  drawDisc(drawing, cx, cy, cup, '#f7f3ea')
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
}
