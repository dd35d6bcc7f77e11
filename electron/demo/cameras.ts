import type { Camera } from './photo.ts'

/** A number with zeros before it. */
export const digits = (value: number, length: number) => String(value).padStart(length, '0')

export const SONY: Camera = {
  make: 'SONY',
  model: 'ILCE-7M4',
  lens: 'FE 35mm F1.8',
  focalLength: 35,
  fNumber: 2.8,
  fileName: (count) => `DSC${digits(count, 5)}.JPG`,
}
export const PIXEL: Camera = {
  make: 'Google',
  model: 'Pixel 8 Pro',
  lens: 'Pixel 8 Pro back camera 6.9mm f/1.68',
  focalLength: 6.9,
  fNumber: 1.7,
  fileName: (count, taken) =>
    `PXL_${taken.replaceAll(':', '').replace(' ', '_')}${digits(count % 1000, 3)}.jpg`,
}
export const CANON: Camera = {
  make: 'Canon',
  model: 'Canon EOS R6',
  lens: 'RF24-105mm F4 L IS USM',
  focalLength: 50,
  fNumber: 4,
  fileName: (count) => `IMG_${digits(count, 4)}.JPG`,
}
export const IPHONE: Camera = {
  make: 'Apple',
  model: 'iPhone 15',
  lens: 'iPhone 15 back dual wide camera 5.96mm f/1.6',
  focalLength: 6,
  fNumber: 1.6,
  fileName: (count) => `IMG_${digits(count, 4)}.jpeg`,
}
export const OLYMPUS: Camera = {
  make: 'OLYMPUS CORPORATION',
  model: 'E-M10MarkII',
  lens: 'OLYMPUS M.25mm F1.8',
  focalLength: 25,
  fNumber: 5.6,
  fileName: (count) => `P${digits(count, 7)}.JPG`,
}
