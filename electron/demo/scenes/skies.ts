import { type Drawing, mix } from '../drawing.ts'
import type { Light } from '../light.ts'
import { drawRidge, drawSky, drawTree, ridge } from '../nature.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'

/** Hot-air balloons over a wide country. */
export const balloons: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * 0.78
  drawSky(drawing, random, light, horizon)
  for (let layer = 0; layer < 4; layer += 1) {
    drawRidge(
      drawing,
      ridge(random, w, horizon + h * 0.055 * layer, h * 0.13, 0.5),
      mix(light.far, mix(lit('#b5805a', light), light.near, 0.2), 0.2 + layer * 0.26),
    )
  }
  const sizes = Array.from({ length: random.whole(6, 11) }, () => random.next() ** 2.2).sort((a, b) => a - b)
  for (const near of sizes) {
    const size = h * (0.022 + 0.15 * near)
    drawBalloon(
      drawing,
      random,
      light,
      random.between(0.05, 0.95) * w,
      h * random.between(0.14, 0.62),
      size,
      near,
    )
  }
}

function drawBalloon(
  drawing: Drawing,
  random: Random,
  light: Light,
  x: number,
  y: number,
  size: number,
  near: number,
): void {
  const colours = random.pick([
    ['#d8452f', '#f4c542'],
    ['#2f6fa5', '#f2efe6'],
    ['#7a3f8a', '#f09a4a'],
    ['#2f8a6a', '#f6e3a8'],
    ['#e0708a', '#fbeee0'],
  ] as const)
  const fade = 0.5 * (1 - near)
  const [first, second] = [
    mix(lit(colours[0], light), light.far, fade),
    mix(lit(colours[1], light), light.far, fade),
  ]
  const half = (part: number) =>
    `M${x},${y - size} C${x + size * 1.15 * part},${y - size} ${x + size * 1.15 * part},${y + size * 0.35} ${x + size * 0.22 * part},${y + size * 1.1} H${x}`
  for (let gore = 0; gore < 7; gore += 1) {
    const from = 1 - (gore * 2) / 7
    const to = 1 - ((gore + 1) * 2) / 7
    const fill = gore % 2 ? second : first
    const shaded = drawing.linear([
      [0, mix(fill, light.sun, 0.3)],
      [0.6, fill],
      [1, mix(fill, light.near, 0.4)],
    ])
    const back = `L${x + size * 0.22 * to},${y + size * 1.1} C${x + size * 1.15 * to},${y + size * 0.35} ${x + size * 1.15 * to},${y - size} ${x},${y - size} Z`
    drawing.path(`${half(from).split(' H')[0]} ${back}`, shaded)
  }
  drawing.line(
    [
      [x - size * 0.2, y + size * 1.1],
      [x - size * 0.12, y + size * 1.4],
    ],
    '#4a3a2a',
    size * 0.025,
  )
  drawing.line(
    [
      [x + size * 0.2, y + size * 1.1],
      [x + size * 0.12, y + size * 1.4],
    ],
    '#4a3a2a',
    size * 0.025,
  )
  drawing.rect(
    x - size * 0.15,
    y + size * 1.38,
    size * 0.3,
    size * 0.22,
    mix('#7a5230', light.far, fade),
    `rx="${size * 0.04}"`,
  )
}

/** A garden with trees, a path and beds of flowers. */
export const garden: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * random.between(0.46, 0.54)
  drawSky(drawing, random, light, horizon)
  const lawn = lit('#5f9a45', light)
  drawRidge(
    drawing,
    ridge(random, w, horizon - h * 0.04, h * 0.08, 0.5),
    mix(light.far, lit('#3f6b48', light), 0.6),
  )
  drawing.rect(
    0,
    horizon,
    w,
    h,
    drawing.linear([
      [0, mix(lawn, light.sun, 0.25)],
      [1, mix(lawn, light.near, 0.3)],
    ]),
  )
  const bend = random.between(0.35, 0.65) * w
  drawing.path(
    `M${bend},${horizon} C${bend + w * 0.1},${h * 0.65} ${w * 0.2},${h * 0.75} ${w * 0.3},${h} H${w * 0.62} C${w * 0.5},${h * 0.78} ${bend + w * 0.16},${h * 0.66} ${bend + w * 0.015},${horizon} Z`,
    lit('#d9c39a', light),
  )
  for (let tree = random.whole(3, 5); tree > 0; tree -= 1) {
    const depth = random.next()
    drawTree(
      drawing,
      random,
      random.pick([random.between(0, 0.3), random.between(0.72, 1)]) * w,
      horizon + h * (0.03 + 0.15 * depth),
      h * (0.2 + 0.3 * depth),
      lit(random.pick(['#4f8a3f', '#6b9a45', '#3f7a55', '#e3a5b5']), light),
    )
  }
  for (let bed = 0; bed < 3; bed += 1) drawBed(drawing, random, light, mix(lawn, light.near, 0.4))
}

function drawBed(drawing: Drawing, random: Random, light: Light, stem: string): void {
  const { width: w, height: h } = drawing
  const colour = random.pick(['#e0506a', '#f2c53a', '#f6f0ea', '#8a6ad0', '#f08a4a'])
  const [middle, y] = [random.between(0.05, 0.95) * w, h * random.between(0.74, 0.97)]
  for (let bloom = 0; bloom < 90; bloom += 1) {
    const [x, up] = [
      middle + (random.next() + random.next() - 1) * w * 0.2,
      y + random.between(-0.035, 0.035) * h,
    ]
    drawing.line(
      [
        [x, up],
        [x, up + h * 0.03],
      ],
      stem,
      2,
    )
    drawing.circle(
      x,
      up,
      h * random.between(0.006, 0.013),
      lit(random.chance(0.8) ? colour : '#fff6e0', light),
    )
  }
}
