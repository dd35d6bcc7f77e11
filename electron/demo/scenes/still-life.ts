import { type Drawing, mix, type Point } from '../drawing.ts'
import type { Light } from '../light.ts'
import type { Random } from '../random.ts'
import { drawFlower } from './close.ts'
import { lit, type Scene } from './landscapes.ts'

/** A table by the window: fruit, a jug, flowers. */
export const stillLife: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const wall = lit(random.pick(['#c9b79c', '#8fa3a6', '#b98f7a', '#6f7f74', '#d8c7b0']), light)
  const wood = lit(random.pick(['#7a4f32', '#9c6b43', '#5a3a28']), light)
  const table = h * random.between(0.66, 0.72)
  drawing.fill(
    drawing.radial(
      [
        [0, mix(wall, '#fff6dc', 0.5)],
        [1, mix(wall, '#1c1a1c', 0.55)],
      ],
      0.25,
      0.25,
    ),
  )
  drawing.polygon(
    [
      [w * 0.05, 0],
      [w * 0.42, 0],
      [w * 0.72, table],
      [w * 0.3, table],
    ],
    drawing.linear([
      [0, '#fff3d0', 0.4],
      [1, '#fff3d0', 0.1],
    ]),
  )
  drawing.rect(
    0,
    table,
    w,
    h - table,
    drawing.linear([
      [0, mix(wood, '#ffe8c0', 0.25)],
      [1, mix(wood, '#120c0a', 0.35)],
    ]),
  )
  for (let grain = 0; grain < 9; grain += 1)
    drawing.rect(
      0,
      table + ((h - table) * grain) / 9,
      w,
      1.5,
      mix(wood, '#120c0a', 0.5),
      'fill-opacity="0.35"',
    )
  const edge = Math.min(w, h)
  drawVase(drawing, random, light, w * random.between(0.26, 0.34), table + h * 0.07, edge * 0.34)
  drawBowl(drawing, random, light, w * random.between(0.62, 0.7), table + h * 0.13, edge * 0.27)
  for (let fruit = random.whole(1, 3); fruit > 0; fruit -= 1)
    drawFruit(
      drawing,
      random,
      light,
      w * random.between(0.2, 0.5),
      h * random.between(0.87, 0.94),
      edge * 0.055,
    )
}

function drawFruit(drawing: Drawing, random: Random, light: Light, x: number, y: number, size: number): void {
  const colour = lit(random.pick(['#c8322b', '#e8912a', '#d9b92f', '#7f9c35', '#5a2f55']), light)
  drawing.ellipse(x + size * 0.35, y + size * 0.92, size * 1.15, size * 0.25, '#120c0a', 'fill-opacity="0.4"')
  drawing.circle(
    x,
    y,
    size,
    drawing.radial(
      [
        [0, mix(colour, '#fff6dc', 0.65)],
        [0.45, colour],
        [1, mix(colour, '#1a0c10', 0.6)],
      ],
      0.34,
      0.3,
    ),
  )
  drawing.line(
    [
      [x, y - size * 0.9],
      [x + size * 0.1, y - size * 1.2],
    ],
    '#3a2818',
    size * 0.1,
  )
}

function drawBowl(
  drawing: Drawing,
  random: Random,
  light: Light,
  x: number,
  foot: number,
  size: number,
): void {
  const glaze = lit(random.pick(['#2f5f8a', '#e9e2d2', '#3f7a6b', '#b5533c']), light)
  const rim = foot - size * 0.55
  for (let index = 0; index < 7; index += 1)
    drawFruit(
      drawing,
      random,
      light,
      x + (index - 3) * size * 0.2 + random.between(-6, 6),
      rim - size * (index % 2 ? 0.22 : 0.08),
      size * 0.2,
    )
  drawing.ellipse(
    x + size * 0.25,
    foot + size * 0.02,
    size * 0.85,
    size * 0.1,
    '#120c0a',
    'fill-opacity="0.4"',
  )
  drawing.path(
    `M${x - size * 0.85},${rim} C${x - size * 0.75},${foot + size * 0.02} ${x - size * 0.3},${foot} ${x},${foot} S${x + size * 0.75},${foot + size * 0.02} ${x + size * 0.85},${rim} Q${x},${rim + size * 0.22} ${x - size * 0.85},${rim} Z`,
    drawing.linear(
      [
        [0, mix(glaze, '#ffffff', 0.35)],
        [0.5, glaze],
        [1, mix(glaze, '#101018', 0.55)],
      ],
      1,
      0,
    ),
  )
}

function drawVase(
  drawing: Drawing,
  random: Random,
  light: Light,
  x: number,
  foot: number,
  size: number,
): void {
  const clay = lit(random.pick(['#d9d2c4', '#48616e', '#a5694f']), light)
  const bloom = random.pick(['#e05a6f', '#f2d15a', '#f4f0ea', '#9c7fd0', '#f0934e'])
  const top = foot - size * 0.75
  for (let stem = 0; stem < 11; stem += 1) {
    const tip: Point = [x + random.between(-0.55, 0.55) * size, top - random.between(0.25, 0.85) * size]
    drawing.path(
      `M${x},${top} Q${x},${(top + tip[1]) / 2} ${tip[0]},${tip[1]}`,
      'none',
      `stroke="${lit('#4a6b3a', light)}" stroke-width="${size * 0.014}"`,
    )
    if (stem % 3 === 0)
      drawing.ellipse(
        (x + tip[0]) / 2,
        (top + tip[1]) / 2,
        size * 0.1,
        size * 0.03,
        lit('#5f8a48', light),
        `transform="rotate(${random.between(-50, 50)} ${(x + tip[0]) / 2} ${(top + tip[1]) / 2})"`,
      )
    else
      drawFlower(
        drawing,
        random,
        tip[0],
        tip[1],
        size * random.between(0.1, 0.15),
        lit(bloom, light),
        lit('#e9b93c', light),
      )
  }
  drawing.ellipse(x + size * 0.2, foot, size * 0.35, size * 0.06, '#120c0a', 'fill-opacity="0.4"')
  drawing.path(
    `M${x - size * 0.1},${top} C${x - size * 0.14},${top + size * 0.2} ${x - size * 0.34},${foot - size * 0.35} ${x - size * 0.2},${foot} H${x + size * 0.2} C${x + size * 0.34},${foot - size * 0.35} ${x + size * 0.14},${top + size * 0.2} ${x + size * 0.1},${top} Z`,
    drawing.linear(
      [
        [0, mix(clay, '#ffffff', 0.4)],
        [0.45, clay],
        [1, mix(clay, '#15131a', 0.55)],
      ],
      1,
      0,
    ),
  )
}
