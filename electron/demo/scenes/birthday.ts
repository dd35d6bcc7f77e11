import { type Drawing, mix } from '../drawing.ts'
import type { Random } from '../random.ts'
import type { Scene } from './landscapes.ts'
import { drawBackdrop } from './people.ts'

/** A birthday: a cake with candles, and balloons. */
export const birthday: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  drawBackdrop(drawing, random, light)
  const edge = Math.min(w, h)
  for (let balloon = random.whole(5, 9); balloon > 0; balloon -= 1) drawBalloon(drawing, random, edge)
  drawing.rect(
    0,
    h * 0.88,
    w,
    h * 0.12,
    drawing.linear([
      [0, '#a8744a'],
      [1, '#5a3a24'],
    ]),
  )
  drawCake(drawing, random, w / 2, h * 0.93, edge)
  drawCandles(drawing, random, w / 2, h * 0.93, edge)
}

function drawBalloon(drawing: Drawing, random: Random, edge: number): void {
  const { width: w, height: h } = drawing
  const [x, y, size] = [
    random.between(0.05, 0.95) * w,
    random.between(0.1, 0.45) * h,
    edge * random.between(0.06, 0.1),
  ]
  const colour = random.pick(['#e0503c', '#f2b632', '#3f8fc0', '#7fb55a', '#c06aa8', '#f08fa0'])
  drawing.path(
    `M${x},${y + size * 1.2} q${size * 0.3},${size} 0,${size * 2.4}`,
    'none',
    'stroke="#ffffff" stroke-width="2" stroke-opacity="0.6"',
  )
  drawing.ellipse(
    x,
    y,
    size,
    size * 1.22,
    drawing.radial(
      [
        [0, mix(colour, '#ffffff', 0.7)],
        [0.5, colour],
        [1, mix(colour, '#301020', 0.35)],
      ],
      0.35,
      0.28,
    ),
  )
}

function drawCake(drawing: Drawing, random: Random, x: number, foot: number, edge: number): void {
  for (let tier = 0; tier < 3; tier += 1) {
    const half = edge * (0.34 - tier * 0.085)
    const y = foot - edge * 0.13 * (tier + 1)
    const cake = random.pick(['#f6e3d8', '#f0b8c0', '#8a5a3c', '#f8efd8'])
    drawing.rect(
      x - half,
      y,
      half * 2,
      edge * 0.135,
      drawing.linear(
        [
          [0, mix(cake, '#ffffff', 0.4)],
          [0.5, cake],
          [1, mix(cake, '#5a3020', 0.35)],
        ],
        1,
        0,
      ),
      `rx="${edge * 0.015}"`,
    )
    for (let drop = -6; drop <= 6; drop += 1)
      drawing.ellipse(
        x + (drop * half) / 6.6,
        y + edge * 0.008,
        half / 11,
        edge * random.between(0.018, 0.045),
        '#fffaf2',
      )
  }
}

function drawCandles(drawing: Drawing, random: Random, x: number, foot: number, edge: number): void {
  for (let candle = -2; candle <= 2; candle += 1) {
    const [cx, cy] = [x + candle * edge * 0.055, foot - edge * 0.39]
    drawing.circle(
      cx,
      cy - edge * 0.085,
      edge * 0.075,
      drawing.radial([
        [0, '#ffe08a', 0.8],
        [1, '#ffe08a', 0],
      ]),
    )
    drawing.rect(
      cx - edge * 0.007,
      cy - edge * 0.06,
      edge * 0.014,
      edge * 0.06,
      random.pick(['#e0503c', '#3f8fc0', '#f2b632', '#7fb55a']),
    )
    drawing.ellipse(cx, cy - edge * 0.08, edge * 0.009, edge * 0.02, '#fff2b0')
  }
}
