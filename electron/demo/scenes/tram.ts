import { type Drawing, mix } from '../drawing.ts'
import type { Light } from '../light.ts'
import type { Random } from '../random.ts'
import { lit } from './landscapes.ts'

/** A yellow tram under its wire, somewhere along the street. */
export function drawTram(drawing: Drawing, random: Random, light: Light, foot: number): void {
  const { width: w, height: h } = drawing
  const long = Math.min(w * 0.42, h * 0.6)
  const tall = long * 0.5
  const x = random.between(0.12, 0.5) * w
  const y = foot - tall
  const yellow = lit('#f3bd2e', light)
  drawing.ellipse(x + long / 2, foot, long * 0.56, tall * 0.07, light.near, 'fill-opacity="0.45"')
  drawing.line(
    [
      [x + long * 0.5, y],
      [x + long * 0.62, y - tall * 0.35],
    ],
    '#333333',
    4,
  )
  drawing.line(
    [
      [0, y - tall * 0.33],
      [w, y - tall * 0.4],
    ],
    '#2a2a2a',
    2.5,
  )
  drawing.rect(
    x,
    y,
    long,
    tall * 0.9,
    drawing.linear([
      [0, mix(yellow, '#ffffff', 0.6)],
      [0.44, mix(yellow, '#ffffff', 0.5)],
      [0.46, yellow],
      [1, mix(yellow, light.near, 0.2)],
    ]),
    `rx="${tall * 0.09}"`,
  )
  for (let pane = 0; pane < 5; pane += 1) {
    drawing.rect(
      x + long * (0.05 + pane * 0.185),
      y + tall * 0.13,
      long * 0.15,
      tall * 0.3,
      drawing.linear(
        [
          [0, mix(light.sky[2], '#6f8fa5', 0.4)],
          [1, '#2c3d4a'],
        ],
        1,
        1,
      ),
      'rx="5"',
    )
  }
  drawing.rect(x + long * 0.42, y - tall * 0.06, long * 0.2, tall * 0.1, '#2f2a24', 'rx="4"')
  drawing.circle(x + long * 0.96, y + tall * 0.66, tall * 0.05, '#fff6d8')
  for (const wheel of [0.24, 0.76])
    drawing.circle(x + long * wheel, foot - tall * 0.05, tall * 0.1, '#26262a')
}
