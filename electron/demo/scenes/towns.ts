import { type Drawing, mix } from '../drawing.ts'
import type { Light } from '../light.ts'
import { drawSky, drawWater } from '../nature.ts'
import type { Random } from '../random.ts'
import { lit, type Scene } from './landscapes.ts'
import { drawTram } from './tram.ts'

/** A skyline across a river. */
export const city: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  const shore = h * random.between(0.66, 0.74)
  const [sunX] = drawSky(drawing, random, light, shore)
  for (let layer = 0; layer < 3; layer += 1) {
    const colour = mix(mix(light.far, light.sky[1], 0.3), light.near, 0.25 + 0.3 * layer)
    for (let x = -w * 0.02; x < w; ) {
      const width = w * random.between(0.025, 0.07)
      const height = h * random.between(0.08, 0.42) * (1 - layer * 0.18)
      drawTower(drawing, random, light, { x, y: shore - height, width, height }, colour, layer)
      x += width + (random.chance(0.3) ? w * random.between(0, 0.02) : 0)
    }
  }
  drawWater(drawing, random, light, shore, sunX)
  if (light.strength < 0.6) drawReflections(drawing, random, shore)
  drawing.rect(0, shore - 2, w, h * 0.012, mix(light.near, light.far, 0.12))
}

type Box = { x: number; y: number; width: number; height: number }

function drawTower(
  drawing: Drawing,
  random: Random,
  light: Light,
  box: Box,
  colour: string,
  layer: number,
): void {
  const { x, y, width, height } = box
  drawing.rect(
    x,
    y,
    width + 0.5,
    height,
    drawing.linear([
      [0, mix(colour, light.sun, 0.1)],
      [1, colour],
    ]),
  )
  if (random.chance(0.25))
    drawing.polygon(
      [
        [x, y],
        [x + width / 2, y - width * random.between(0.3, 1.1)],
        [x + width, y],
      ],
      colour,
    )
  else if (random.chance(0.2))
    drawing.rect(x + width * 0.47, y - width * 0.8, width * 0.06, width * 0.8, colour)
  const step = Math.max(7, drawing.width * 0.0065)
  const share = light.strength < 0.6 ? 0.42 : 0.18
  for (let row = y + step; row < y + height - step; row += step * 1.5) {
    for (let column = x + step * 0.6; column < x + width - step * 0.8; column += step * 1.15) {
      if (!random.chance(share)) continue
      const glow =
        light.strength < 0.6
          ? random.pick(['#ffd98a', '#ffedc2', '#ffc46b', '#cfe4ff'])
          : mix(colour, '#ffffff', 0.35)
      drawing.rect(column, row, step * 0.55, step * 0.8, glow, `fill-opacity="${0.35 + 0.2 * layer}"`)
    }
  }
}

function drawReflections(drawing: Drawing, random: Random, shore: number): void {
  for (let count = 0; count < 46; count += 1) {
    const x = random.next() * drawing.width
    const colour = random.pick(['#ffd98a', '#ffb765', '#cfe4ff', '#ff8f7a'])
    const length = (drawing.height - shore) * random.between(0.25, 0.9)
    drawing.rect(
      x,
      shore,
      drawing.width * random.between(0.002, 0.006),
      length,
      drawing.linear([
        [0, colour, 0.55],
        [1, colour, 0],
      ]),
    )
  }
}

/** A sunny street of the south, with a tram. */
export const street: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  drawing.fill(
    drawing.linear([
      [0, light.sky[0]],
      [0.5, light.sky[1]],
      [1, light.sky[2]],
    ]),
  )
  const ground = h * random.between(0.8, 0.85)
  const colours = ['#e8a33d', '#d9695f', '#f0d9a8', '#7fb0c9', '#e9e2d0', '#c98ba0', '#8fb58a', '#f2c14e']
  for (let x = -w * 0.04; x < w; ) {
    const width = w * random.between(0.13, 0.2)
    drawHouse(
      drawing,
      random,
      light,
      { x, y: ground - h * random.between(0.5, 0.72), width, height: h },
      ground,
      lit(random.pick(colours), light),
    )
    x += width
  }
  const stone = lit('#cfc6b6', light)
  drawing.rect(
    0,
    ground,
    w,
    h - ground,
    drawing.linear([
      [0, mix(stone, light.near, 0.15)],
      [1, mix(stone, light.near, 0.35)],
    ]),
  )
  for (let row = 0; row < 3; row += 1) {
    for (let x = 0; x < w; x += w * 0.03)
      drawing.path(
        `M${x},${ground + h * (0.02 + row * 0.05)} q${w * 0.0075},${-h * 0.018} ${w * 0.015},0 t${w * 0.015},0`,
        'none',
        `stroke="${mix(stone, light.near, 0.55)}" stroke-width="3" stroke-opacity="0.6"`,
      )
  }
  if (random.chance(0.75)) drawTram(drawing, random, light, ground + h * 0.05)
  drawing.polygon(
    [
      [0, 0],
      [w * 0.3, 0],
      [0, h * 0.8],
    ],
    drawing.linear(
      [
        [0, light.sun, 0.25],
        [1, light.sun, 0],
      ],
      1,
      0,
    ),
  )
}

function drawHouse(
  drawing: Drawing,
  random: Random,
  light: Light,
  box: Box,
  ground: number,
  wall: string,
): void {
  const { x, y, width } = box
  const height = ground - y
  drawing.rect(
    x,
    y,
    width + 1,
    height,
    drawing.linear([
      [0, mix(wall, light.sun, 0.18)],
      [1, mix(wall, light.near, 0.14)],
    ]),
  )
  drawing.polygon(
    [
      [x - width * 0.03, y],
      [x + width * 1.03, y],
      [x + width * 0.95, y - height * 0.07],
      [x + width * 0.05, y - height * 0.07],
    ],
    lit('#b4563a', light),
  )
  const columns = random.whole(2, 3)
  const rows = random.whole(3, 4)
  const shutter = lit(random.pick(['#2f6d5b', '#7a3b2e', '#31577d', '#f2ece0']), light)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const wide = width / (columns * 2.2)
      const tall = height / (rows * 1.75)
      const left = x + (width * (column + 0.5)) / columns - wide / 2
      const top = y + height * 0.05 + (height * row) / rows
      drawWindow(drawing, random, light, { x: left, y: top, width: wide, height: tall }, { wall, shutter })
      if (random.chance(0.35) && row < rows - 1) drawBalcony(drawing, random, light, left, top, wide, tall)
    }
  }
}

function drawWindow(
  drawing: Drawing,
  random: Random,
  light: Light,
  { x: left, y: top, width: wide, height: tall }: Box,
  { wall, shutter }: { wall: string; shutter: string },
): void {
  drawing.rect(
    left - wide * 0.12,
    top - wide * 0.12,
    wide * 1.24,
    tall + wide * 0.24,
    mix(wall, '#ffffff', 0.55),
  )
  drawing.rect(
    left,
    top,
    wide,
    tall,
    drawing.linear([
      [0, mix(light.sky[1], '#20303f', 0.55)],
      [1, '#1d2a35'],
    ]),
  )
  if (random.chance(0.5)) {
    drawing.rect(left - wide * 0.38, top, wide * 0.34, tall, shutter)
    drawing.rect(left + wide * 1.04, top, wide * 0.34, tall, shutter)
  }
}

function drawBalcony(
  drawing: Drawing,
  random: Random,
  light: Light,
  left: number,
  top: number,
  wide: number,
  tall: number,
): void {
  drawing.rect(
    left - wide * 0.3,
    top + tall * 0.72,
    wide * 1.6,
    tall * 0.3,
    'none',
    `stroke="#2b2b2b" stroke-width="3"`,
  )
  for (let flower = 0; flower < 6; flower += 1)
    drawing.circle(
      left - wide * 0.2 + random.next() * wide * 1.4,
      top + tall * 0.72,
      wide * 0.13,
      lit(random.pick(['#e0435c', '#f2b8c6', '#5c9a4a']), light),
    )
}
