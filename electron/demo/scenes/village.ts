import { type Drawing, mix } from '../drawing.ts'
import type { Light } from '../light.ts'
import { drawConifer, drawRidge, drawSky, ridge } from '../nature.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'

/** A village in the snow, with lights in its windows. */
export const snowVillage: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * 0.52
  drawSky(drawing, random, light, horizon)
  const snow = mix(mix('#ffffff', light.sky[1], 0.25), light.near, 0.5 - light.strength / 2)
  drawRidge(drawing, ridge(random, w, horizon - h * 0.08, h * 0.28, 0.5), mix(snow, light.far, 0.65))
  for (let layer = 0; layer < 3; layer += 1) {
    const y = h * (0.58 + layer * 0.14)
    for (let x = 0; x < w; x += w * random.between(0.02, 0.06)) {
      if (random.chance(0.55))
        drawConifer(
          drawing,
          x,
          y + h * 0.02,
          h * random.between(0.06, 0.13) * (0.7 + layer * 0.35),
          mix(lit('#2c4f48', light), snow, 0.32 - layer * 0.1),
        )
    }
    for (let house = random.whole(2, 4); house > 0; house -= 1)
      drawCabin(
        drawing,
        random,
        light,
        random.between(0.03, 0.9) * w,
        y + h * 0.03,
        h * (0.08 + 0.035 * layer),
        snow,
      )
    drawRidge(
      drawing,
      ridge(random, w, y + h * 0.04, h * 0.04, 0.4),
      drawing.linear([
        [0, mix(snow, light.sun, 0.2)],
        [1, mix(snow, light.sky[0], 0.35)],
      ]),
    )
  }
  for (let flake = 0; flake < 180; flake += 1)
    drawing.circle(
      random.next() * w,
      random.next() * h,
      random.between(0.8, 3.6),
      '#ffffff',
      `fill-opacity="${random.between(0.25, 0.85)}"`,
    )
}

function drawCabin(
  drawing: Drawing,
  random: Random,
  light: Light,
  x: number,
  foot: number,
  size: number,
  snow: string,
): void {
  const wall = mix(lit(random.pick(['#8a3f33', '#6b4a35', '#a8763f', '#4f5f6b']), light), light.near, 0.2)
  drawing.rect(x, foot - size * 0.7, size * 1.3, size, wall)
  drawing.polygon(
    [
      [x - size * 0.15, foot - size * 0.65],
      [x + size * 0.65, foot - size * 1.3],
      [x + size * 1.45, foot - size * 0.65],
    ],
    snow,
  )
  for (const at of [0.2, 0.8]) {
    const glow = light.strength < 0.8 ? '#ffcf70' : '#7f93a3'
    if (light.strength < 0.8)
      drawing.circle(
        x + size * (at + 0.14),
        foot - size * 0.35,
        size * 0.55,
        drawing.radial([
          [0, glow, 0.4],
          [1, glow, 0],
        ]),
      )
    drawing.rect(x + size * at, foot - size * 0.5, size * 0.28, size * 0.3, glow)
  }
}
