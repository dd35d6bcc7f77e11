import { type Drawing, mix, type Point } from '../drawing.ts'
import type { Light } from '../light.ts'
import { drawRidge, drawSky, drawWater, ridge } from '../nature.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'

export const sea: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * random.between(0.42, 0.56)
  const [sunX] = drawSky(drawing, random, light, horizon)
  if (random.chance(0.6)) {
    const island = ridge(random, w * random.between(0.35, 0.6), horizon, h * 0.09, 0.42)
    const shift = random.between(-0.1, 0.6) * w
    drawing.group(`transform="translate(${shift} 0)"`, () => {
      const first = island[0]?.[0] ?? 0
      const last = island.at(-1)?.[0] ?? 0
      drawing.polygon(
        [
          [first, horizon],
          ...island.map(([x, y]): Point => [x, Math.min(horizon, y - h * 0.02)]),
          [last, horizon],
        ],
        mix(light.far, light.near, 0.35),
      )
    })
  }
  drawWater(drawing, random, light, horizon, sunX)
  for (let boat = random.whole(1, 4); boat > 0; boat -= 1) {
    const depth = random.next() ** 2
    drawSailboat(
      drawing,
      random,
      light,
      random.between(0.1, 0.9) * w,
      horizon + depth * h * 0.2 + 3,
      h * (0.04 + 0.16 * depth),
    )
  }
  if (random.chance(0.55)) drawBeach(drawing, random, light)
  else if (random.chance(0.6)) drawLighthouse(drawing, random, light, horizon)
}

function drawSailboat(
  drawing: Drawing,
  random: Random,
  light: Light,
  x: number,
  y: number,
  size: number,
): void {
  const sail = mix(
    '#ffffff',
    light.name === 'day' ? '#ffffff' : light.near,
    light.name === 'day' ? 0 : 0.55 - light.strength / 2,
  )
  const side = random.chance(0.5) ? 1 : -1
  drawing.ellipse(
    x,
    y + size * 0.12,
    size * 0.5,
    size * 0.05,
    mix(light.water[1], light.near, 0.4),
    'fill-opacity="0.55"',
  )
  drawing.polygon(
    [
      [x, y - size],
      [x, y - size * 0.08],
      [x + side * size * 0.48, y - size * 0.08],
    ],
    sail,
  )
  drawing.polygon(
    [
      [x - side * size * 0.05, y - size * 0.85],
      [x - side * size * 0.05, y - size * 0.08],
      [x - side * size * 0.3, y - size * 0.08],
    ],
    mix(sail, lit(random.pick(['#c6463c', '#2d5d8f', '#dddddd']), light), 0.6),
  )
  drawing.blob(
    [
      [x - size * 0.42, y - size * 0.06],
      [x + size * 0.45, y - size * 0.06],
      [x + size * 0.3, y + size * 0.12],
      [x - size * 0.3, y + size * 0.12],
    ],
    mix('#31221c', light.far, 0.15),
  )
}

function drawBeach(drawing: Drawing, random: Random, light: Light): void {
  const { width: w, height: h } = drawing
  const sand = lit('#e8cfa0', light)
  const shore = h * random.between(0.8, 0.87)
  const wave = (y: number, swell: number) =>
    `M0,${y} C${w * 0.25},${y - swell} ${w * 0.4},${y + swell} ${w * 0.62},${y} S${w * 0.9},${y - swell} ${w},${y + swell / 2} V${h} H0 Z`
  drawing.path(wave(shore - h * 0.02, h * 0.03), mix(light.water[1], '#ffffff', 0.45), 'fill-opacity="0.5"')
  drawing.path(wave(shore - h * 0.004, h * 0.028), mix('#ffffff', light.sky[2], 0.25), 'fill-opacity="0.9"')
  drawing.path(
    wave(shore + h * 0.008, h * 0.026),
    drawing.linear([
      [0, mix(sand, light.near, 0.3)],
      [0.3, sand],
      [1, mix(sand, light.near, 0.12)],
    ]),
  )
  for (let index = random.whole(1, 3); index > 0; index -= 1) {
    drawParasol(
      drawing,
      random,
      light,
      random.between(0.1, 0.9) * w,
      h * random.between(0.93, 0.98),
      h * random.between(0.13, 0.18),
    )
  }
}

function drawParasol(
  drawing: Drawing,
  random: Random,
  light: Light,
  x: number,
  foot: number,
  size: number,
): void {
  const colour = lit(random.pick(['#d84a3a', '#2f7d9c', '#e7a928', '#3f8f63']), light)
  const white = lit('#f7f1e3', light)
  drawing.ellipse(x + size * 0.4, foot, size * 0.55, size * 0.07, light.near, 'fill-opacity="0.3"')
  drawing.line(
    [
      [x, foot],
      [x, foot - size],
    ],
    lit('#7a5a3a', light),
    size * 0.03,
  )
  const half = size * 0.6
  const panels = 6
  for (let panel = 0; panel < panels; panel += 1) {
    const from = x - half + (2 * half * panel) / panels
    drawing.path(
      `M${x},${foot - size * 1.2} Q${(from + x) / 2},${foot - size * 1.15} ${from},${foot - size * 0.8} h${(2 * half) / panels} Q${(from + x) / 2 + half / panels},${foot - size * 1.15} ${x},${foot - size * 1.2} Z`,
      panel % 2 ? white : colour,
    )
  }
}

function drawLighthouse(drawing: Drawing, random: Random, light: Light, horizon: number): void {
  const { width: w, height: h } = drawing
  const side = random.chance(0.5)
  const x = w * (side ? 0.8 : 0.2)
  const foot = horizon + h * 0.12
  const rock = mix(light.near, light.far, 0.2)
  const cliff = ridge(random, w * 0.62, foot, h * 0.12, 0.5).map(([px, py], index, all): Point => {
    const middle = Math.sin((index / (all.length - 1)) * Math.PI)
    return [px + x - w * 0.31, py + h * 0.75 * (1 - middle)]
  })
  drawing.polygon(
    [...cliff, [x + w * 0.31, h], [x - w * 0.31, h]],
    drawing.linear([
      [0, mix(rock, light.sun, 0.2)],
      [1, light.near],
    ]),
  )
  drawTower(drawing, light, x, foot, h * 0.36)
}

function drawTower(drawing: Drawing, light: Light, x: number, foot: number, size: number): void {
  const top = foot - size
  const width = (y: number) => size * (0.075 + 0.045 * ((y - top) / size))
  for (let band = 0; band < 5; band += 1) {
    const y0 = top + (size * band) / 5
    const y1 = top + (size * (band + 1)) / 5
    const colour = lit(band % 2 ? '#f4efe4' : '#c0392f', light)
    drawing.polygon(
      [
        [x - width(y0), y0],
        [x + width(y0), y0],
        [x + width(y1), y1],
        [x - width(y1), y1],
      ],
      drawing.linear(
        [
          [0, mix(colour, light.sun, 0.2)],
          [1, mix(colour, light.near, 0.35)],
        ],
        1,
        0,
      ),
    )
  }
  if (light.strength < 0.6)
    drawing.circle(
      x,
      top - size * 0.05,
      size * 0.5,
      drawing.radial([
        [0, '#ffe9a8', 0.8],
        [1, '#ffe9a8', 0],
      ]),
    )
  drawing.rect(
    x - size * 0.05,
    top - size * 0.1,
    size * 0.1,
    size * 0.1,
    light.strength < 0.6 ? '#fff3c4' : lit('#b9d4dd', light),
  )
  drawing.polygon(
    [
      [x - size * 0.075, top - size * 0.1],
      [x + size * 0.075, top - size * 0.1],
      [x, top - size * 0.19],
    ],
    lit('#8f2b24', light),
  )
}

/** A beach from above, as a drone sees it. */
export const beachFromAbove: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const sand = lit('#ecd7ac', light)
  drawing.fill(
    drawing.linear(
      [
        [0, '#0d6b8f'],
        [0.45, '#2aa5b3'],
        [0.62, '#8fdccf'],
        [0.7, sand],
        [1, mix(sand, '#d0a86a', 0.4)],
      ],
      0.35,
      1,
    ),
  )
  const line = ridge(random, w, 0, h * 0.1, 0.45)
  const tilt = random.between(0.2, 0.4)
  for (let foam = 0; foam < 4; foam += 1) {
    const points = line.map(([x, y]): Point => [x, y + h * (0.74 - foam * 0.07) - (x / w) * h * tilt])
    drawing.line(points, '#ffffff', h * (0.028 - foam * 0.006), `stroke-opacity="${0.75 - foam * 0.17}"`)
  }
  for (let count = 0; count < 26; count += 1) {
    const x = random.next() * w
    const y = h * (0.86 + random.between(-0.04, 0.11)) - (x / w) * h * tilt + h * 0.03
    const size = h * 0.018
    const colour = random.pick(['#e0503c', '#f2b632', '#ffffff', '#2f7fb0', '#e58aa0'])
    drawing.ellipse(x + size * 0.7, y + size * 0.6, size, size * 0.9, '#6a5230', 'fill-opacity="0.35"')
    drawing.circle(x, y, size, colour)
    for (let rib = 0; rib < 4; rib += 1) {
      const angle = (rib * Math.PI) / 4
      const end: Point = [x + Math.cos(angle) * size, y + Math.sin(angle) * size]
      drawing.line([[2 * x - end[0], 2 * y - end[1]], end], '#ffffff', size * 0.12, 'stroke-opacity="0.6"')
    }
    drawing.rect(
      x + size * 1.4,
      y - size * 0.4,
      size * 1.6,
      size * 0.7,
      random.pick(['#f7f7f2', '#7ec4cf', '#f3a6a0']),
    )
  }
}

export const aurora: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const horizon = h * 0.72
  const [moonX] = drawSky(drawing, random, light, horizon)
  for (let curtain = 0; curtain < 3; curtain += 1) {
    const line = ridge(random, w, h * random.between(0.34, 0.5), h * 0.3, 0.42)
    const colour = random.pick(['#4dffa6', '#67f0d0', '#9d7bff'])
    for (let at = 1; at < line.length; at += 1) {
      const [x0, y0] = line[at - 1] ?? [0, 0]
      const [x1, y1] = line[at] ?? [0, 0]
      const tall = h * random.between(0.2, 0.38)
      drawing.polygon(
        [
          [x0, y0],
          [x1 + 1, y1],
          [x1 + 1, y1 - tall],
          [x0, y0 - tall],
        ],
        drawing.linear([
          [0, colour, 0],
          [0.75, colour, random.between(0.16, 0.4)],
          [1, colour, 0],
        ]),
      )
    }
  }
  drawRidge(drawing, ridge(random, w, horizon - h * 0.06, h * 0.2, 0.52), '#0d1a30', horizon)
  drawWater(drawing, random, { ...light, water: ['#1d5a5a', '#06101f'], sun: '#8dffc9' }, horizon, moonX)
}
