import { digits } from './cameras.ts'
import type { Camera, DemoPhoto } from './photo.ts'
import { Random } from './random.ts'
import type { SceneName } from './scenes/scenes.ts'

/** Whose folder; `family` is everybody's. */
export type Member = 'ada' | 'ben' | 'rose' | 'family'

/** A trip, a feast or a season, with the pictures taken there. */
export type DemoEvent = {
  member: Member
  /** Below the member's folder. */
  folder: string
  /** First day, `2024:05:12`. */
  from: string
  days: number
  offset: string
  place: readonly [latitude: number, longitude: number]
  altitude: number
  camera: Camera
  /** What is photographed, with the hours it is; taken in turn. */
  subjects: readonly (readonly [scene: SceneName, ...hours: number[]])[]
  count: number
}

/** The pictures of an event, in the order they were taken. `index` tells events apart. */
export function photosOf(event: DemoEvent, index: number): { fileName: string; photo: DemoPhoto }[] {
  const random = new Random(1000 + index)
  const moments = Array.from({ length: event.count }, (_, number) => {
    const [scene, ...hours] = event.subjects[number % event.subjects.length] ?? ['hills']
    const hour = hours[Math.floor(number / event.subjects.length) % hours.length] ?? 12
    const day = Math.floor((number * event.days) / event.count)
    return { scene, day, taken: takenOn(event.from, day, hour, random), seed: random.whole(0, 2 ** 31) }
  }).sort((a, b) => (a.taken < b.taken ? -1 : 1))
  const first = random.whole(200, 7000)
  return moments.map(({ scene, taken, seed }, number) => {
    const { offset, place, altitude, camera, folder } = event
    const title = number === 0 ? { title: folder.replace(/^.*\/|^[\d-]+ /g, '') } : {}
    const photo: DemoPhoto = { scene, seed, taken, offset, place, altitude, camera, ...title }
    return { fileName: camera.fileName(first + number * 3, taken), photo }
  })
}

function takenOn(from: string, day: number, hour: number, random: Random): string {
  const date = new Date(`${from.replaceAll(':', '-')}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + day)
  const time = [hour, random.whole(0, 59), random.whole(0, 59)].map((part) => digits(part, 2)).join(':')
  return `${date.toISOString().slice(0, 10).replaceAll('-', ':')} ${time}`
}
