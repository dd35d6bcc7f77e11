import { type Drawing, mix } from '../drawing.ts'
import type { Light } from '../light.ts'
import type { Random } from '../random.ts'
import { drawBokeh } from './close.ts'
import type { Scene } from './landscapes.ts'

const SKINS = ['#f2cdb0', '#e0ac86', '#c68a5f', '#9a6542', '#f6dcc8', '#7a4a30'] as const
const HAIRS = ['#2a1d18', '#5a3a22', '#8a5a2f', '#c99a55', '#b9b4ac', '#1a1a20', '#9c4a2a'] as const
const CLOTHES = [
  '#2f5f7a',
  '#c2513f',
  '#e0a63a',
  '#4f7a55',
  '#7a5a8a',
  '#e8e0d0',
  '#2b3040',
  '#d98a9a',
] as const

/** One person's colours; children of a household come back in several pictures. */
type Person = { skin: string; hair: string; style: number; isChild: boolean }

/** The household: the same people in every picture. */
const HOUSEHOLD: readonly Person[] = [
  { skin: SKINS[1], hair: HAIRS[0], style: 2, isChild: false },
  { skin: SKINS[0], hair: HAIRS[2], style: 0, isChild: false },
  { skin: SKINS[0], hair: HAIRS[3], style: 1, isChild: true },
  { skin: SKINS[1], hair: HAIRS[1], style: 3, isChild: true },
  { skin: SKINS[4], hair: HAIRS[4], style: 1, isChild: false },
]

export const portrait: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  drawBackdrop(drawing, random, light)
  const edge = Math.min(w, h)
  drawPerson(drawing, random, light, random.pick(HOUSEHOLD), w * random.between(0.42, 0.58), h, edge * 0.86)
}

export const group: Scene = (drawing, random, light) => {
  const { width: w, height: h } = drawing
  drawBackdrop(drawing, random, light)
  const start = random.whole(0, 4)
  const count = random.whole(3, 5)
  const size = Math.min(h * 0.98, (w / count) * 1.65)
  for (let row = 0; row < 2; row += 1) {
    for (let index = row; index < count; index += 2) {
      const person = HOUSEHOLD[(start + index) % HOUSEHOLD.length]
      if (!person) continue
      const x = w * (0.5 + (index - (count - 1) / 2) * (0.74 / count))
      drawPerson(
        drawing,
        random,
        light,
        person,
        x,
        h + size * (person.isChild ? 0.16 : 0.06),
        size * (person.isChild ? 0.84 : 1),
      )
    }
  }
}

/** A room or garden out of focus. */
export function drawBackdrop(drawing: Drawing, random: Random, light: Light): void {
  const tones = random.pick([
    ['#8fb58a', '#dfe8b8', '#4f7a4a'],
    ['#e8b98a', '#f8e2b8', '#b5704a'],
    ['#7fa5b8', '#dceaf0', '#4a6a80'],
    ['#c9a0a8', '#f4dcd8', '#8a5a68'],
  ] as const)
  const [middle, glow, deep] = tones.map((tone) => mix(light.near, tone, 0.35 + 0.65 * light.strength))
  if (!middle || !glow || !deep) return
  drawing.fill(
    drawing.radial(
      [
        [0, glow],
        [0.55, middle],
        [1, deep],
      ],
      random.between(0.3, 0.7),
      0.35,
    ),
  )
  drawBokeh(drawing, random, [glow, '#ffffff', middle, mix(glow, '#ffd27a', 0.5)], 34)
}

/** Shoulders, neck, head and hair, in flat colours with a lit and a shaded side; the face is left to the imagination. */
function drawPerson(
  drawing: Drawing,
  random: Random,
  light: Light,
  person: Person,
  x: number,
  foot: number,
  size: number,
): void {
  const skin = mix(light.near, person.skin, 0.4 + 0.6 * light.strength)
  const hair = mix(light.near, person.hair, 0.5 + 0.5 * light.strength)
  const cloth = mix(light.near, random.pick(CLOTHES), 0.4 + 0.6 * light.strength)
  const head = size * 0.2
  const y = foot - size * 0.62
  const lean = random.between(-6, 6)
  if (person.style === 0)
    drawing.path(
      `M${x - head * 1.12},${y - head * 0.2} C${x - head * 1.5},${y + head * 2.2} ${x - head * 0.9},${y + head * 2.6} ${x},${y + head * 2.1} S${x + head * 1.5},${y + head * 2.2} ${x + head * 1.12},${y - head * 0.2} Z`,
      mix(hair, '#000000', 0.15),
    )
  drawing.path(
    `M${x - size * 0.46},${foot + 4} C${x - size * 0.45},${foot - size * 0.26} ${x - size * 0.2},${foot - size * 0.3} ${x - head * 0.42},${y + head * 1.45} H${x + head * 0.42} C${x + size * 0.2},${foot - size * 0.3} ${x + size * 0.45},${foot - size * 0.26} ${x + size * 0.46},${foot + 4} Z`,
    drawing.linear(
      [
        [0, mix(cloth, '#ffffff', 0.22)],
        [0.55, cloth],
        [1, mix(cloth, '#0f1018', 0.4)],
      ],
      1,
      0.3,
    ),
  )
  drawing.path(
    `M${x - head * 0.4},${y + head * 0.6} V${y + head * 1.45} Q${x},${y + head * 1.95} ${x + head * 0.4},${y + head * 1.45} V${y + head * 0.6} Z`,
    mix(skin, '#5a2a1a', 0.25),
  )
  drawing.group(`transform="rotate(${lean} ${x} ${y + head})"`, () =>
    drawHead(drawing, person, x, y, head, skin, hair),
  )
}

function drawHead(
  drawing: Drawing,
  person: Person,
  x: number,
  y: number,
  head: number,
  skin: string,
  hair: string,
): void {
  const face = drawing.linear(
    [
      [0, mix(skin, '#ffffff', 0.22)],
      [0.5, skin],
      [1, mix(skin, '#5a2a1a', 0.3)],
    ],
    1,
    0.25,
  )
  drawing.ellipse(x, y, head * 0.86, head * 1.1, face)
  for (const side of [-1, 1]) {
    drawing.ellipse(
      x + side * head * 0.86,
      y + head * 0.08,
      head * 0.13,
      head * 0.2,
      mix(skin, '#5a2a1a', 0.15),
    )
    drawing.ellipse(
      x + side * head * 0.44,
      y + head * 0.36,
      head * 0.2,
      head * 0.13,
      '#e8705a',
      'fill-opacity="0.22"',
    )
    drawing.path(
      `M${x + side * head * 0.34 - head * 0.13},${y} q${head * 0.13},${head * 0.1} ${head * 0.26},0`,
      'none',
      `stroke="${mix(skin, '#2a1410', 0.7)}" stroke-width="${head * 0.05}" stroke-linecap="round"`,
    )
  }
  drawing.path(
    `M${x - head * 0.26},${y + head * 0.5} q${head * 0.26},${head * 0.24} ${head * 0.52},0`,
    'none',
    `stroke="${mix(skin, '#8a2a2a', 0.65)}" stroke-width="${head * 0.055}" stroke-linecap="round"`,
  )
  drawHair(drawing, person, x, y, head, hair)
}

function drawHair(drawing: Drawing, person: Person, x: number, y: number, head: number, hair: string): void {
  const top = y - head * 1.16
  if (person.style === 1) drawing.circle(x, top - head * 0.12, head * 0.42, mix(hair, '#ffffff', 0.06))
  const fringe = person.style === 3 ? 0.2 : -0.25
  drawing.path(
    `M${x - head * 0.93},${y + head * 0.05} C${x - head * 1.1},${top - head * 0.1} ${x - head * 0.4},${top - head * 0.3} ${x + head * 0.1},${top - head * 0.12} C${x + head * 0.9},${top - head * 0.1} ${x + head * 1.05},${y - head * 0.5} ${x + head * 0.93},${y + head * 0.05} C${x + head * 0.8},${y - head * 0.5} ${x + head * 0.3},${y - head * (0.62 + fringe)} ${x - head * 0.1},${y - head * (0.55 + fringe)} C${x - head * 0.6},${y - head * 0.5} ${x - head * 0.8},${y - head * 0.4} ${x - head * 0.93},${y + head * 0.05} Z`,
    drawing.linear(
      [
        [0, mix(hair, '#ffffff', 0.25)],
        [1, mix(hair, '#000000', 0.2)],
      ],
      1,
      0.4,
    ),
  )
}
