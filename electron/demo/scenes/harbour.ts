import { type Drawing, mix, type Point } from '../drawing.ts'
import type { Light } from '../light.ts'
import { drawRidge, drawSky, drawWater, ridge } from '../nature.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'

/** Cranes and a container ship. */
export const harbour: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const shore = h * random.between(0.62, 0.7)
  const [sunX] = drawSky(drawing, random, light, shore)
  drawRidge(
    drawing,
    ridge(random, w, shore - h * 0.02, h * 0.04, 0.5),
    mix(light.far, light.near, 0.3),
    shore,
  )
  for (let index = random.whole(3, 5); index > 0; index -= 1) {
    drawCrane(drawing, random, light, random.between(0, 0.95) * w, shore, h * random.between(0.28, 0.48))
  }
  drawWater(drawing, random, light, shore, sunX)
  drawShip(
    drawing,
    random,
    light,
    random.between(0.08, 0.3) * w,
    shore + h * 0.1,
    w * random.between(0.45, 0.6),
  )
}

function drawCrane(
  drawing: Drawing,
  random: Random,
  light: Light,
  x: number,
  foot: number,
  size: number,
): void {
  const steel = mix(lit(random.pick(['#c2513f', '#3d6f8f', '#d6a23a']), light), light.near, 0.35)
  const beam = (from: Point, to: Point, width = 0.022) => drawing.line([from, to], steel, size * width)
  const side = random.chance(0.5) ? 1 : -1
  const at = (across: number, up: number): Point => [x + side * across * size, foot - up * size]
  for (const leg of [0, 0.26]) beam(at(leg, 0), at(leg, 0.66), 0.035)
  beam(at(0, 0.3), at(0.26, 0.3))
  beam(at(0, 0.3), at(0.26, 0.6), 0.014)
  beam(at(-0.5, 0.66), at(0.62, 0.66), 0.035)
  beam(at(0.13, 0.66), at(0.13, 1), 0.03)
  beam(at(0.13, 1), at(-0.45, 0.68), 0.012)
  beam(at(0.13, 1), at(0.58, 0.68), 0.012)
  const hook = random.between(-0.42, -0.1)
  beam(at(hook, 0.66), at(hook, 0.4), 0.008)
}

function drawShip(drawing: Drawing, random: Random, light: Light, x: number, y: number, long: number): void {
  const hull = mix(lit(random.pick(['#8c2f2f', '#1f3a5a', '#2d2f36']), light), light.near, 0.2)
  const box = long * 0.052
  for (let column = 0; column < 14; column += 1) {
    const stack = random.whole(1, 4)
    for (let row = 0; row < stack; row += 1) {
      const colour = lit(
        random.pick(['#c9543f', '#3f7fa5', '#d8a53a', '#5f8f5a', '#b8b4aa', '#7a4f7f']),
        light,
      )
      drawing.rect(
        x + long * 0.06 + column * box,
        y - box * 0.55 * (row + 1),
        box * 0.94,
        box * 0.51,
        drawing.linear([
          [0, mix(colour, light.sun, 0.15)],
          [1, mix(colour, light.near, 0.25)],
        ]),
      )
    }
  }
  drawing.rect(x + long * 0.82, y - long * 0.15, long * 0.1, long * 0.15, lit('#efece4', light))
  drawing.rect(x + long * 0.8, y - long * 0.17, long * 0.14, long * 0.025, lit('#dcd8ce', light))
  drawing.polygon(
    [
      [x, y],
      [x + long, y],
      [x + long * 0.97, y + long * 0.085],
      [x + long * 0.05, y + long * 0.085],
    ],
    drawing.linear([
      [0, mix(hull, light.sun, 0.12)],
      [1, hull],
    ]),
  )
  drawing.rect(x + long * 0.045, y + long * 0.07, long * 0.93, long * 0.016, lit('#b5443a', light))
  drawing.rect(
    x + long * 0.03,
    y + long * 0.085,
    long * 0.95,
    long * 0.06,
    drawing.linear([
      [0, light.near, 0.45],
      [1, light.near, 0],
    ]),
  )
}
