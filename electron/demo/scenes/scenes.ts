import { birthday } from './birthday.ts'
import { breakfast } from './breakfast.ts'
import { flower } from './close.ts'
import { aurora, beachFromAbove, sea } from './coasts.ts'
import { harbour } from './harbour.ts'
import { gate, pagoda } from './japan.ts'
import { dunes, field, forest, hills, mountains, type Scene } from './landscapes.ts'
import { group, portrait } from './people.ts'
import { balloons, garden } from './skies.ts'
import { stillLife } from './still-life.ts'
import { city, street } from './towns.ts'
import { snowVillage } from './village.ts'

/** All that the demo can draw. */
export const SCENES = {
  aurora,
  balloons,
  beachFromAbove,
  birthday,
  breakfast,
  city,
  dunes,
  field,
  flower,
  forest,
  garden,
  gate,
  group,
  harbour,
  hills,
  mountains,
  pagoda,
  portrait,
  sea,
  snowVillage,
  stillLife,
  street,
} as const satisfies Record<string, Scene>

export type SceneName = keyof typeof SCENES
