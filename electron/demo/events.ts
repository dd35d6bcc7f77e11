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

const digits = (value: number, length: number) => String(value).padStart(length, '0')

const SONY: Camera = {
  make: 'SONY',
  model: 'ILCE-7M4',
  lens: 'FE 35mm F1.8',
  focalLength: 35,
  fNumber: 2.8,
  fileName: (count) => `DSC${digits(count, 5)}.JPG`,
}
const PIXEL: Camera = {
  make: 'Google',
  model: 'Pixel 8 Pro',
  lens: 'Pixel 8 Pro back camera 6.9mm f/1.68',
  focalLength: 6.9,
  fNumber: 1.7,
  fileName: (count, taken) =>
    `PXL_${taken.replaceAll(':', '').replace(' ', '_')}${digits(count % 1000, 3)}.jpg`,
}
const CANON: Camera = {
  make: 'Canon',
  model: 'Canon EOS R6',
  lens: 'RF24-105mm F4 L IS USM',
  focalLength: 50,
  fNumber: 4,
  fileName: (count) => `IMG_${digits(count, 4)}.JPG`,
}
const IPHONE: Camera = {
  make: 'Apple',
  model: 'iPhone 15',
  lens: 'iPhone 15 back dual wide camera 5.96mm f/1.6',
  focalLength: 6,
  fNumber: 1.6,
  fileName: (count) => `IMG_${digits(count, 4)}.jpeg`,
}
const OLYMPUS: Camera = {
  make: 'OLYMPUS CORPORATION',
  model: 'E-M10MarkII',
  lens: 'OLYMPUS M.25mm F1.8',
  focalLength: 25,
  fNumber: 5.6,
  fileName: (count) => `P${digits(count, 7)}.JPG`,
}

/** Three years of a household. */
export const EVENTS: readonly DemoEvent[] = [
  {
    member: 'ada',
    folder: '2023/Lisbon',
    from: '2023:09:21',
    days: 4,
    offset: '+01:00',
    place: [38.712, -9.139],
    altitude: 45,
    camera: SONY,
    count: 13,
    subjects: [
      ['street', 10, 15, 18],
      ['sea', 19, 20],
      ['street', 11, 16],
      ['breakfast', 9],
      ['city', 20, 21],
      ['beachFromAbove', 13],
      ['portrait', 16],
    ],
  },
  {
    member: 'ada',
    folder: '2024/Winter in the Harz',
    from: '2024:02:09',
    days: 3,
    offset: '+01:00',
    place: [51.793, 10.617],
    altitude: 610,
    camera: PIXEL,
    count: 8,
    subjects: [
      ['snowVillage', 18, 22],
      ['mountains', 7, 12],
      ['forest', 14],
      ['snowVillage', 7],
    ],
  },
  {
    member: 'ada',
    folder: '2024/Garden',
    from: '2024:05:11',
    days: 9,
    offset: '+02:00',
    place: [53.568, 9.966],
    altitude: 12,
    camera: SONY,
    count: 8,
    subjects: [
      ['flower', 10, 17],
      ['garden', 12, 18],
      ['flower', 14],
      ['stillLife', 16],
    ],
  },
  {
    member: 'ada',
    folder: '2025/Kyoto',
    from: '2025:04:02',
    days: 7,
    offset: '+09:00',
    place: [35.003, 135.776],
    altitude: 56,
    camera: SONY,
    count: 14,
    subjects: [
      ['gate', 18, 7, 12],
      ['pagoda', 19, 10],
      ['garden', 11],
      ['breakfast', 9],
      ['forest', 13],
      ['city', 22, 20],
      ['pagoda', 7],
    ],
  },
  {
    member: 'ada',
    folder: '2026/Tromsø',
    from: '2026:02:26',
    days: 5,
    offset: '+01:00',
    place: [69.649, 18.955],
    altitude: 10,
    camera: SONY,
    count: 9,
    subjects: [
      ['aurora', 22, 23],
      ['mountains', 7, 19],
      ['snowVillage', 22, 14],
      ['aurora', 23],
      ['harbour', 20],
    ],
  },
  {
    member: 'ben',
    folder: 'Hamburg',
    from: '2023:10:14',
    days: 16,
    offset: '+02:00',
    place: [53.544, 9.966],
    altitude: 8,
    camera: CANON,
    count: 10,
    subjects: [
      ['harbour', 20, 18, 7],
      ['city', 21, 20],
      ['street', 14],
      ['harbour', 12],
      ['forest', 15],
    ],
  },
  {
    member: 'ben',
    folder: 'Alps 2024',
    from: '2024:07:19',
    days: 6,
    offset: '+02:00',
    place: [46.593, 7.908],
    altitude: 1640,
    camera: CANON,
    count: 13,
    subjects: [
      ['mountains', 7, 11, 19],
      ['hills', 9, 18],
      ['mountains', 16, 20],
      ['flower', 13],
      ['forest', 10],
    ],
  },
  {
    member: 'ben',
    folder: 'Morocco',
    from: '2025:03:08',
    days: 5,
    offset: '+00:00',
    place: [31.146, -3.991],
    altitude: 690,
    camera: IPHONE,
    count: 8,
    subjects: [
      ['dunes', 18, 7, 12],
      ['street', 16],
      ['dunes', 20],
      ['stillLife', 15],
    ],
  },
  {
    member: 'ben',
    folder: 'Cappadocia',
    from: '2026:05:16',
    days: 3,
    offset: '+03:00',
    place: [38.643, 34.829],
    altitude: 1100,
    camera: CANON,
    count: 8,
    subjects: [
      ['balloons', 7, 6],
      ['hills', 18],
      ['balloons', 7],
      ['breakfast', 9],
    ],
  },
  {
    member: 'rose',
    folder: 'Provence',
    from: '2024:06:24',
    days: 6,
    offset: '+02:00',
    place: [43.927, 5.128],
    altitude: 460,
    camera: OLYMPUS,
    count: 8,
    subjects: [
      ['field', 18, 11],
      ['stillLife', 15],
      ['field', 20, 7],
      ['street', 12],
    ],
  },
  {
    member: 'rose',
    folder: 'Walks',
    from: '2025:10:05',
    days: 24,
    offset: '+02:00',
    place: [53.626, 10.018],
    altitude: 20,
    camera: OLYMPUS,
    count: 7,
    subjects: [
      ['forest', 11, 15],
      ['hills', 10, 17],
      ['flower', 14],
    ],
  },
  {
    member: 'family',
    folder: '2023-12 Christmas',
    from: '2023:12:24',
    days: 3,
    offset: '+01:00',
    place: [53.568, 9.966],
    altitude: 12,
    camera: PIXEL,
    count: 7,
    subjects: [
      ['snowVillage', 22],
      ['group', 17],
      ['stillLife', 16],
      ['portrait', 18],
      ['birthday', 19],
    ],
  },
  {
    member: 'family',
    folder: '2024-08 Baltic Sea',
    from: '2024:08:03',
    days: 12,
    offset: '+02:00',
    place: [54.408, 13.621],
    altitude: 4,
    camera: IPHONE,
    count: 15,
    subjects: [
      ['sea', 11, 20, 19],
      ['beachFromAbove', 12],
      ['group', 17],
      ['sea', 14, 18],
      ['portrait', 16],
      ['field', 18],
    ],
  },
  {
    member: 'family',
    folder: '2025-07 Birthday',
    from: '2025:07:12',
    days: 1,
    offset: '+02:00',
    place: [53.571, 9.961],
    altitude: 14,
    camera: PIXEL,
    count: 9,
    subjects: [
      ['birthday', 15],
      ['group', 16],
      ['portrait', 16, 17],
      ['garden', 14],
      ['breakfast', 10],
    ],
  },
  {
    member: 'family',
    folder: '2026-04 Easter',
    from: '2026:04:04',
    days: 3,
    offset: '+02:00',
    place: [53.571, 9.961],
    altitude: 14,
    camera: CANON,
    count: 9,
    subjects: [
      ['garden', 11, 17],
      ['flower', 12],
      ['group', 14],
      ['breakfast', 9],
      ['hills', 16],
    ],
  },
  {
    member: 'family',
    folder: '2026-08 Bornholm',
    from: '2026:08:08',
    days: 8,
    offset: '+02:00',
    place: [55.278, 14.802],
    altitude: 6,
    camera: IPHONE,
    count: 6,
    subjects: [
      ['sea', 19, 12, 20],
      ['harbour', 14],
      ['sea', 21],
    ],
  },
]

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
