import { type Drawing, mix, type Point } from '../drawing.ts'
import type { Light } from '../light.ts'
import { drawRidge, drawSky, drawWater, ridge } from '../nature.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'

const VERMILION = '#d1432b'

/** A gate that stands in the water. */
export const gate: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * random.between(0.54, 0.62)
  const [sunX] = drawSky(drawing, random, light, horizon)
  for (let layer = 0; layer < 3; layer += 1) {
    const line = ridge(random, w, horizon - h * (0.12 - layer * 0.04), h * 0.13, 0.42)
    drawRidge(drawing, line, mix(light.far, light.near, 0.15 + layer * 0.2), horizon)
  }
  drawWater(drawing, random, light, horizon, sunX)
  const x = w * random.between(0.36, 0.64)
  const foot = horizon + h * 0.16
  const size = Math.min(h * 0.5, w * 0.42)
  drawing.group(`transform="translate(0 ${2 * foot}) scale(1 -1)" opacity="0.3"`, () =>
    drawGate(drawing, light, x, foot, size),
  )
  drawGate(drawing, light, x, foot, size)
  drawBranches(drawing, random, light)
}

function drawGate(drawing: Drawing, light: Light, x: number, foot: number, size: number): void {
  const red = lit(VERMILION, light)
  const shade = mix(red, light.near, 0.4)
  const fill = drawing.linear(
    [
      [0, mix(red, light.sun, 0.15)],
      [1, shade],
    ],
    1,
    0,
  )
  for (const side of [-1, 1]) {
    const post = x + side * size * 0.36
    drawing.polygon(
      [
        [post - size * 0.035, foot - size * 0.85],
        [post + size * 0.035, foot - size * 0.85],
        [post + size * 0.045 + side * size * 0.015, foot],
        [post - size * 0.045 + side * size * 0.015, foot],
      ],
      fill,
    )
    drawing.rect(post - size * 0.055, foot - size * 0.04, size * 0.13, size * 0.05, '#2b2420')
  }
  drawing.rect(x - size * 0.46, foot - size * 0.68, size * 0.92, size * 0.055, fill)
  drawing.rect(x - size * 0.03, foot - size * 0.86, size * 0.06, size * 0.2, red)
  const beam = (y: number, reach: number, thick: number, colour: string) =>
    drawing.path(
      `M${x - reach},${y - size * 0.06} Q${x},${y + size * 0.03} ${x + reach},${y - size * 0.06} l${-size * 0.03},${thick} Q${x},${y + size * 0.03 + thick} ${x - reach + size * 0.03},${y - size * 0.06 + thick} Z`,
      colour,
    )
  beam(foot - size * 0.84, size * 0.56, size * 0.075, red)
  beam(foot - size * 0.91, size * 0.61, size * 0.06, mix('#2b2420', light.far, 0.08))
}

/** Twigs with blossoms or red leaves that reach in from above. */
function drawBranches(drawing: Drawing, random: Random, light: Light): void {
  const { width: w, height: h } = drawing
  const colours = random.chance(0.5) ? ['#f7c9d6', '#fbe3ea', '#eea6bd'] : ['#d8472b', '#e9812f', '#b92f2a']
  const side = random.chance(0.5) ? 0 : 1
  for (let branch = 0; branch < 5; branch += 1) {
    const points: Point[] = [[side * w, h * random.between(-0.02, 0.2)]]
    for (let step = 1; step <= 6; step += 1) {
      const [x, y] = points.at(-1) ?? [0, 0]
      points.push([
        x + (side ? -1 : 1) * w * random.between(0.03, 0.08),
        y + h * random.between(-0.01, 0.045),
      ])
    }
    drawing.line(points, mix('#2d201b', light.far, 0.1), h * 0.006)
    for (const [x, y] of points) {
      for (let leaf = 0; leaf < 20; leaf += 1) {
        const spread = h * 0.045
        const fill = lit(random.pick(colours), light)
        drawing.circle(
          x + random.between(-spread, spread),
          y + random.between(-spread, spread),
          h * random.between(0.004, 0.013),
          fill,
          'fill-opacity="0.9"',
        )
      }
    }
  }
}

/** A pagoda above wooded hills. */
export const pagoda: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * 0.62
  drawSky(drawing, random, light, horizon)
  for (let layer = 0; layer < 3; layer += 1) {
    drawRidge(
      drawing,
      ridge(random, w, horizon - h * (0.1 - layer * 0.05), h * 0.14, 0.44),
      mix(light.far, light.near, 0.1 + 0.2 * layer),
    )
  }
  const x = w * random.between(0.35, 0.65)
  const foot = h * 0.84
  const size = Math.min(h * 0.66, w * 0.8)
  const wood = mix(lit('#7a4632', light), light.near, 0.3)
  const roof = mix(lit('#3d4750', light), light.near, 0.35)
  for (let floor = 0; floor < 5; floor += 1) {
    const half = size * (0.2 - floor * 0.026)
    const y = foot - size * (0.16 * floor + 0.08)
    drawing.rect(x - half * 0.62, y - size * 0.08, half * 1.24, size * 0.16, wood)
    for (let pane = -2; pane <= 2; pane += 1)
      drawing.rect(
        x + pane * half * 0.23 - half * 0.07,
        y - size * 0.01,
        half * 0.14,
        size * 0.05,
        light.strength < 0.6 ? '#ffd488' : mix(wood, '#f5e6c8', 0.6),
      )
    drawing.path(
      `M${x - half * 1.35},${y - size * 0.06} Q${x - half * 0.7},${y - size * 0.09} ${x - half * 0.45},${y - size * 0.13} H${x + half * 0.45} Q${x + half * 0.7},${y - size * 0.09} ${x + half * 1.35},${y - size * 0.06} Q${x},${y - size * 0.035} ${x - half * 1.35},${y - size * 0.06} Z`,
      roof,
    )
  }
  drawing.line(
    [
      [x, foot - size * 0.85],
      [x, foot - size * 1.05],
    ],
    roof,
    size * 0.012,
  )
  const leaves = random.chance(0.5)
    ? ['#e8a9bd', '#f6d0dc', '#d98aa5']
    : ['#c9452a', '#e08a30', '#8f5a2a', '#d8662d']
  for (let count = 0; count < 420; count += 1) {
    const depth = random.next()
    const y = foot - h * 0.05 + depth * h * 0.24 + Math.abs(random.between(-1, 1)) * h * 0.02
    drawing.circle(
      random.next() * w,
      y,
      w * random.between(0.012, 0.034),
      mix(lit(random.pick(leaves), light), light.near, 0.45 * depth),
    )
  }
}
