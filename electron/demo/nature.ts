import { type Drawing, mix, type Point } from './drawing.ts'
import type { Light } from './light.ts'
import type { Random } from './random.ts'

/** What most outdoor scenes need: sky, clouds, ridges, water, trees. */

/** A sky over the whole picture, with the sun or the moon at a place above `horizon` (pixels), and clouds or stars. */
export function drawSky(drawing: Drawing, random: Random, light: Light, horizon: number): Point {
  const { width: w, height: h } = drawing
  const [zenith, middle, low] = light.sky
  const at = Math.min(1, horizon / h)
  drawing.fill(
    drawing.linear([
      [0, zenith],
      [at * 0.6, middle],
      [at, low],
      [1, low],
    ]),
  )
  const isLow = light.name === 'dusk' || light.name === 'golden' || light.name === 'dawn'
  const sun: Point = [
    w * random.between(0.18, 0.82),
    horizon * (isLow ? random.between(0.72, 0.9) : random.between(0.15, 0.4)),
  ]
  if (light.name === 'night') drawStars(drawing, random, horizon)
  if (light.name !== 'overcast') drawSun(drawing, light, sun)
  if (light.name !== 'night') drawClouds(drawing, random, light, horizon)
  return sun
}

function drawStars(drawing: Drawing, random: Random, horizon: number): void {
  for (let count = 0; count < 260; count += 1) {
    const size = random.between(0.4, 1.5) ** 2 * 0.9
    const opacity = random.between(0.25, 0.95)
    drawing.circle(
      random.next() * drawing.width,
      random.next() ** 1.4 * horizon,
      size,
      '#ffffff',
      `fill-opacity="${opacity}"`,
    )
  }
}

function drawSun(drawing: Drawing, light: Light, [x, y]: Point): void {
  const edge = Math.min(drawing.width, drawing.height)
  const isMoon = light.name === 'night'
  const glow = edge * (isMoon ? 0.35 : 0.75)
  drawing.circle(
    x,
    y,
    glow,
    drawing.radial([
      [0, light.sun, isMoon ? 0.35 : 0.85],
      [0.25, light.sun, 0.25],
      [1, light.sun, 0],
    ]),
  )
  drawing.circle(x, y, edge * (isMoon ? 0.03 : 0.042), light.sun)
}

/** Flat-bottomed heaps, paler and smaller towards the horizon. */
function drawClouds(drawing: Drawing, random: Random, light: Light, horizon: number): void {
  const { width: w } = drawing
  const count = light.name === 'overcast' ? 16 : random.whole(2, 7)
  for (let index = 0; index < count; index += 1) {
    const depth = random.next()
    const y = horizon * (0.12 + 0.75 * depth)
    const size = w * random.between(0.05, 0.13) * (1.25 - depth)
    const x = random.between(-0.1, 1.1) * w
    const colour = mix(
      mix('#ffffff', light.sky[2], 0.35),
      light.far,
      light.name === 'overcast' ? 0.5 : 0.12 + 0.3 * depth,
    )
    const opacity = random.between(0.28, 0.62)
    drawing.group(`opacity="${opacity}"`, () => {
      for (let puff = 0; puff < 9; puff += 1) {
        const across = (puff - 4) / 4
        const rise = (1 - across * across) * random.between(0.2, 0.5)
        drawing.ellipse(
          x + across * size * 1.7,
          y - rise * size * 0.5,
          size * random.between(0.45, 0.75),
          size * 0.22,
          colour,
        )
      }
    })
  }
}

/** The line of a ridge from left to right, by midpoint displacement: `roughness` 0.35 is soft, 0.6 jagged. */
export function ridge(random: Random, width: number, y: number, height: number, roughness: number): Point[] {
  let heights = [random.between(-1, 1), random.between(-1, 1), random.between(-1, 1)]
  let size = 1
  for (let round = 0; round < 6; round += 1) {
    size *= roughness
    heights = heights.flatMap((value, index) => {
      const next = heights[index + 1]
      return next === undefined ? [value] : [value, (value + next) / 2 + random.between(-size, size)]
    })
  }
  const step = width / (heights.length - 1)
  return heights.map((value, index) => [index * step, y - (value * height) / 2])
}

/** A ridge filled down to the bottom of the picture (or `to`). */
export function drawRidge(drawing: Drawing, line: readonly Point[], fill: string, to = drawing.height): void {
  drawing.polygon([[0, to], ...line, [drawing.width, to]], fill)
}

/** The height of a ridge at some x. */
export function heightAt(line: readonly Point[], x: number): number {
  const step = (line[1]?.[0] ?? 1) - (line[0]?.[0] ?? 0)
  const index = Math.min(line.length - 1, Math.max(0, Math.round(x / step)))
  return line[index]?.[1] ?? 0
}

/** A conifer: tiers of boughs, narrower to the top. */
export function drawConifer(drawing: Drawing, x: number, foot: number, height: number, fill: string): void {
  const tiers = 6
  const left: Point[] = []
  const right: Point[] = []
  for (let tier = 0; tier < tiers; tier += 1) {
    const y = foot - height * (1 - (tier + 1) / tiers) - height * 0.06
    const half = height * 0.2 * ((tier + 1.2) / tiers)
    left.push([x - half, y], [x - half * 0.45, y - height * 0.02])
    right.push([x + half, y], [x + half * 0.45, y - height * 0.02])
  }
  drawing.polygon([[x, foot - height], ...left, ...right.reverse()], fill)
  drawing.rect(x - height * 0.015, foot - height * 0.07, height * 0.03, height * 0.09, fill)
}

/** A broad-leaved tree: a trunk and a crown of round heaps, lit from above. */
export function drawTree(
  drawing: Drawing,
  random: Random,
  x: number,
  foot: number,
  height: number,
  leaf: string,
): void {
  drawing.polygon(
    [
      [x - height * 0.035, foot],
      [x - height * 0.02, foot - height * 0.5],
      [x + height * 0.02, foot - height * 0.5],
      [x + height * 0.035, foot],
    ],
    mix(leaf, '#2a1a10', 0.75),
  )
  for (let index = 0; index < 26; index += 1) {
    const angle = random.next() * Math.PI * 2
    const reach = Math.sqrt(random.next()) * height * 0.27
    const y = foot - height * 0.68 + Math.sin(angle) * reach * 0.85
    const lit = (foot - height * 0.4 - y) / (height * 0.55)
    drawing.circle(
      x + Math.cos(angle) * reach,
      y,
      height * random.between(0.07, 0.13),
      mix(mix(leaf, '#101a18', 0.35), mix(leaf, '#fff3c0', 0.3), Math.min(1, Math.max(0, lit))),
    )
  }
}

/** Water from the horizon down, with the light's path below the sun and many small waves. */
export function drawWater(
  drawing: Drawing,
  random: Random,
  light: Light,
  horizon: number,
  sunX: number,
): void {
  const { width: w, height: h } = drawing
  const [far, near] = light.water
  const depth = h - horizon
  drawing.rect(
    0,
    horizon,
    w,
    depth,
    drawing.linear([
      [0, far],
      [0.25, mix(far, near, 0.55)],
      [1, near],
    ]),
  )
  for (let count = 0; count < 340; count += 1) {
    const near01 = random.next() ** 1.6
    const y = horizon + near01 * depth
    const length = w * (0.008 + 0.07 * near01) * random.between(0.4, 1.3)
    const isGlint = random.chance(0.5)
    const spread = w * (0.03 + 0.16 * near01)
    const x = isGlint ? sunX + (random.next() + random.next() - 1) * spread : random.next() * w
    const colour =
      isGlint && light.name !== 'overcast' ? light.sun : mix(far, near, random.chance(0.5) ? 0.1 : 1)
    drawing.ellipse(
      x,
      y,
      length / 2,
      Math.max(0.6, 0.8 + 2.6 * near01),
      colour,
      `fill-opacity="${random.between(0.12, isGlint ? 0.75 : 0.3)}"`,
    )
  }
}
