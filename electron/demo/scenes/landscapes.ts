import { type Drawing, mix, type Point } from '../drawing.ts'
import type { Light } from '../light.ts'
import { drawConifer, drawRidge, drawSky, drawTree, drawWater, heightAt, ridge } from '../nature.ts'
import type { Random } from '../random.ts'

/** Draws one kind of picture; the same random numbers give the same picture. */
export type Scene = (drawing: Drawing, random: Random, light: Light) => void

const GREENS = ['#2f6b3c', '#4d7f35', '#2c6a55', '#6d8a3a', '#7a7f33'] as const

/** A colour of its own, as the light lets it appear. */
export const lit = (colour: string, light: Light): string =>
  mix(mix(light.near, light.sky[1], 0.25), colour, 0.25 + 0.75 * light.strength)

export const hills: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * random.between(0.42, 0.56)
  drawSky(drawing, random, light, horizon)
  const ground = lit(random.pick(GREENS), light)
  const layers = random.whole(5, 7)
  for (let layer = 0; layer < layers; layer += 1) {
    const part = layer / (layers - 1)
    const line = ridge(random, w, horizon + (h - horizon) * part * 0.82, h * (0.09 + 0.1 * part), 0.42)
    const colour = mix(light.far, mix(ground, light.near, part > 0.8 ? 0.35 : 0.1), Math.min(1, part * 1.15))
    drawRidge(
      drawing,
      line,
      drawing.linear([
        [0, mix(colour, light.sun, 0.12)],
        [0.5, colour],
        [1, mix(colour, light.near, 0.35)],
      ]),
    )
    if (part > 0.35) plant(drawing, random, line, part, mix(colour, light.near, 0.45))
  }
}

/** Trees in groups along a ridge. */
function plant(drawing: Drawing, random: Random, line: readonly Point[], part: number, colour: string): void {
  const { width: w, height: h } = drawing
  for (let grove = random.whole(1, 4); grove > 0; grove -= 1) {
    const middle = random.next() * w
    const isConifer = random.chance(0.6)
    for (let tree = random.whole(3, 9); tree > 0; tree -= 1) {
      const x = middle + random.between(-0.09, 0.09) * w
      const foot = heightAt(line, x) + h * 0.01
      const height = h * (0.02 + 0.09 * part ** 2) * random.between(0.7, 1.3)
      if (isConifer) drawConifer(drawing, x, foot, height, colour)
      else drawing.ellipse(x, foot - height * 0.35, height * 0.35, height * 0.42, colour)
    }
  }
}

export const mountains: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const shore = h * random.between(0.6, 0.7)
  const [sunX] = drawSky(drawing, random, light, shore)
  const draw = () => {
    drawRidge(
      drawing,
      ridge(random, w, shore - h * 0.17, h * 0.2, 0.55),
      mix(light.far, light.sky[1], 0.3),
      shore,
    )
    for (let index = random.whole(3, 5); index > 0; index -= 1) {
      drawPeak(drawing, random, light, shore, random.between(0, 1) * w)
    }
    const wood = ridge(random, w, shore - h * 0.03, h * 0.03, 0.5)
    drawRidge(drawing, wood, mix(light.near, light.far, 0.18), shore)
    for (let x = -10; x < w; x += w * 0.011) {
      drawConifer(
        drawing,
        x,
        heightAt(wood, x) + 4,
        h * random.between(0.03, 0.075),
        mix(light.near, light.far, 0.14),
      )
    }
  }
  draw()
  drawWater(drawing, random, light, shore, sunX)
  const opacity = drawing.linear([
    [0, light.near, 0.55],
    [1, light.near, 0],
  ])
  drawing.rect(0, shore, w, h * 0.12, opacity)
  for (let stone = 0; stone < 14; stone += 1) {
    const x = random.next() * w
    const size = w * random.between(0.015, 0.06)
    drawing.ellipse(
      x,
      h - size * 0.05,
      size,
      size * 0.35,
      mix(light.near, light.far, random.between(0.05, 0.3)),
    )
  }
}

/** A mountain with a lit and a shaded side and snow from some height up. */
function drawPeak(drawing: Drawing, random: Random, light: Light, foot: number, x: number): void {
  const { width: w, height: h } = drawing
  const height = h * random.between(0.22, 0.42)
  const half = height * random.between(0.9, 1.35)
  const top: Point = [x, foot - height]
  const rock = mix(lit('#6d7683', light), light.far, random.between(0.25, 0.6))
  const spine: Point[] = [top]
  for (let step = 1; step <= 6; step += 1)
    spine.push([x + random.between(-0.09, 0.12) * half, foot - height * (1 - step / 6)])
  drawing.polygon([top, [x - half, foot], ...[...spine].reverse()], mix(rock, light.sun, 0.28))
  drawing.polygon([...spine, [x + half, foot]], mix(rock, light.near, 0.42))
  const cap = (side: number, colour: string) => {
    const edge: Point[] = [top]
    for (let step = 1; step <= 4; step += 1) {
      const down = 0.09 * step + random.between(0, 0.06)
      edge.push(
        [x + side * half * down * 0.92, foot - height * (1 - down)],
        [x + side * half * down * 0.45, foot - height * (1 - down * 0.8)],
      )
    }
    drawing.polygon([...edge, spine[2] ?? top], colour)
  }
  const snow = mix('#ffffff', light.sky[2], 0.22)
  cap(-1, mix(snow, light.sun, 0.3))
  cap(1, mix(snow, light.far, 0.55))
  drawing.rect(
    Math.max(0, x - half),
    foot - h * 0.12,
    Math.min(w, half * 2),
    h * 0.12,
    drawing.linear([
      [0, light.far, 0],
      [1, light.far, 0.35],
    ]),
  )
}

export const forest: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const leaf = lit(random.pick(['#3f7a3d', '#c2762b', '#5c8a3a', '#b5532a', '#2f6f5b']), light)
  const glow = mix(light.sky[2], light.sun, 0.4)
  drawing.fill(
    drawing.radial(
      [
        [0, glow],
        [0.7, mix(leaf, glow, 0.5)],
        [1, mix(leaf, light.near, 0.25)],
      ],
      random.between(0.3, 0.7),
      0.38,
    ),
  )
  for (let layer = 0; layer < 5; layer += 1) {
    const part = layer / 4
    const trunk = mix(mix(glow, leaf, 0.45), light.near, 0.15 + part * 0.75)
    for (let count = 16 - layer * 2; count > 0; count -= 1) {
      const x = random.next() * w
      const thick = w * (0.006 + 0.028 * part ** 1.5) * random.between(0.7, 1.3)
      const lean = random.between(-0.02, 0.02) * w
      drawing.polygon(
        [
          [x - thick, h],
          [x + lean - thick * 0.55, 0],
          [x + lean + thick * 0.55, 0],
          [x + thick, h],
        ],
        trunk,
      )
    }
    for (let count = 90; count > 0; count -= 1) {
      const colour = mix(mix(leaf, glow, 0.6 - part * 0.5), light.near, part * random.between(0, 0.45))
      drawing.circle(
        random.next() * w,
        random.next() ** 2 * h * 0.42,
        w * random.between(0.008, 0.03),
        colour,
        'fill-opacity="0.7"',
      )
    }
    drawRidge(
      drawing,
      ridge(random, w, h * (0.7 + 0.075 * layer), h * 0.05, 0.5),
      mix(mix(leaf, glow, 0.35 - 0.3 * part), light.near, part * 0.55),
    )
  }
  drawRays(drawing, random, light)
}

/** Sunlight between trunks. */
function drawRays(drawing: Drawing, random: Random, light: Light): void {
  const { width: w, height: h } = drawing
  for (let ray = 0; ray < 5; ray += 1) {
    const x = random.between(0.1, 0.9) * w
    const fill = drawing.linear([
      [0, light.sun, 0.3 * light.strength],
      [1, light.sun, 0],
    ])
    drawing.polygon(
      [
        [x, 0],
        [x + w * 0.05, 0],
        [x - w * 0.12, h],
        [x - w * 0.28, h],
      ],
      fill,
    )
  }
}

export const field: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * random.between(0.38, 0.5)
  drawSky(drawing, random, light, horizon)
  drawRidge(drawing, ridge(random, w, horizon, h * 0.07, 0.4), mix(light.far, light.near, 0.25))
  const [cropColour, soilColour] = random.pick([
    ['#7a5fb5', '#5d8a4a'],
    ['#e0b93f', '#8a7a35'],
    ['#d9485f', '#4f8a3f'],
    ['#8fb544', '#5f7f35'],
  ] as const)
  const crop = lit(cropColour, light)
  const soil = lit(soilColour, light)
  drawing.rect(
    0,
    horizon,
    w,
    h,
    drawing.linear([
      [0, mix(soil, light.far, 0.4)],
      [1, soil],
    ]),
  )
  const vanish: Point = [w * random.between(0.3, 0.7), horizon - h * 0.01]
  const rows = 15
  for (let row = -rows; row <= rows; row += 1) {
    const foot = vanish[0] + row * w * 0.16
    const fill = drawing.linear([
      [0, mix(crop, light.far, 0.55)],
      [0.5, crop],
      [1, mix(crop, light.near, 0.25)],
    ])
    drawing.polygon(
      [
        [vanish[0] + row * 1.5, horizon],
        [foot - w * 0.05, h],
        [foot + w * 0.05, h],
      ],
      fill,
    )
  }
  const x = w * random.between(0.15, 0.85)
  drawTree(
    drawing,
    random,
    x,
    horizon + h * 0.045,
    h * random.between(0.14, 0.24),
    lit(random.pick(GREENS), light),
  )
}

export const dunes: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * random.between(0.36, 0.46)
  drawSky(drawing, random, light, horizon)
  const sand = lit(random.pick(['#d9a066', '#e0b27a', '#c98750']), light)
  for (let layer = 0; layer < 6; layer += 1) {
    const part = layer / 5
    const y = horizon + (h - horizon) * part * 0.78
    const top: Point = [w * random.between(0.1, 0.9), y - h * (0.05 + 0.09 * part)]
    const base = mix(mix(light.far, sand, 0.3 + 0.7 * part), light.near, 0.05)
    const wave = `M0,${y + h * 0.03} Q${top[0] * 0.5},${y - h * 0.02} ${top[0]},${top[1]} Q${(top[0] + w) / 2},${y - h * 0.01} ${w},${y + h * 0.02} V${h} H0 Z`
    drawing.path(
      wave,
      drawing.linear([
        [0, mix(base, light.sun, 0.25)],
        [1, base],
      ]),
    )
    const shade = `M${top[0]},${top[1]} Q${(top[0] + w) / 2},${y - h * 0.01} ${w},${y + h * 0.02} V${y + h * (0.1 + 0.12 * part)} Q${(top[0] + w) / 2},${y + h * (0.06 + 0.1 * part)} ${top[0]},${top[1]} Z`
    drawing.path(
      shade,
      drawing.linear([
        [0, mix(base, light.near, 0.45), 0.75],
        [1, mix(base, light.near, 0.3), 0.15],
      ]),
    )
  }
}
