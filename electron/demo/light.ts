/** How a scene is lit, by the hour it was taken. */
export type Light = {
  name: 'dawn' | 'day' | 'golden' | 'dusk' | 'night' | 'overcast'
  /** From the zenith to the horizon. */
  sky: readonly [string, string, string]
  /** The sun, or at night the moon. */
  sun: string
  /** What lies far and takes on the air's colour; what lies near. */
  far: string
  near: string
  /** Water at the horizon and at one's feet. */
  water: readonly [string, string]
  /** 0 (night) – 1 (noon): how much of a thing's own colour is left. */
  strength: number
}

const LIGHTS: Record<Light['name'], Light> = {
  dawn: {
    name: 'dawn',
    sky: ['#46588c', '#b78aab', '#ffd2ad'],
    sun: '#fff1d6',
    far: '#d3a6ad',
    near: '#2b3550',
    water: ['#efbfae', '#46587f'],
    strength: 0.7,
  },
  day: {
    name: 'day',
    sky: ['#2674bd', '#6fb4e4', '#dff1fb'],
    sun: '#fffdf2',
    far: '#a8c9db',
    near: '#245238',
    water: ['#a6dbe3', '#135d86'],
    strength: 1,
  },
  golden: {
    name: 'golden',
    sky: ['#5c7db0', '#efb37c', '#ffe3a8'],
    sun: '#fff6d0',
    far: '#e6b184',
    near: '#43301f',
    water: ['#ffd89b', '#57627f'],
    strength: 0.85,
  },
  dusk: {
    name: 'dusk',
    sky: ['#1c2750', '#7d4c84', '#f6916c'],
    sun: '#ffe0b0',
    far: '#8a5f86',
    near: '#14172b',
    water: ['#ef9a7c', '#2b2e57'],
    strength: 0.5,
  },
  night: {
    name: 'night',
    sky: ['#050a1c', '#10214a', '#2f4a7a'],
    sun: '#f5f2e3',
    far: '#29406a',
    near: '#04070f',
    water: ['#3a5788', '#070d20'],
    strength: 0.25,
  },
  overcast: {
    name: 'overcast',
    sky: ['#7f8e9d', '#b3bfc8', '#e1e5e5'],
    sun: '#ffffff',
    far: '#b6c2c6',
    near: '#33433f',
    water: ['#c3cfd3', '#546a74'],
    strength: 0.75,
  },
}

/** The light of an hour (0–24, with fraction); `isGrey` for clouded days. */
export function lightAt(hour: number, isGrey = false): Light {
  if (hour < 5.5 || hour >= 21.5) return LIGHTS.night
  if (isGrey) return LIGHTS.overcast
  if (hour < 8) return LIGHTS.dawn
  if (hour < 17.5) return LIGHTS.day
  return hour < 19.8 ? LIGHTS.golden : LIGHTS.dusk
}
