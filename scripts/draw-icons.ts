/**
 * Draws the program's icon, a mantelpiece with two photographs over a warm hearth: `resources/icon.svg`, and
 * `resources/icon.png` of 1024 pixels, from which the packager makes what each system wants. Run after a change here.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

// the renderer's paper, ink and ember (renderer/styles/tokens.css), as sRGB
const paper = '#fcfaf6'
const wash = '#fcede2'
const ink = '#241e1a'
const ember = '#c4530f'
const glow = '#e78a45'
const pale = '#fbd094'

const hearth = `
  <path d="M120 296h272v152H120z" fill="${ink}"/>
  <path d="M172 448V394a84 84 0 0 1 168 0v76z" fill="#120f0c"/>
  <path d="M256 448c-46 0-66-28-60-60 5-26 26-34 30-62 22 12 26 30 24 46 12-6 18-22 16-38 28 18 52 46 50 76-2 24-24 38-60 38z" fill="${ember}"/>
  <path d="M256 448c-26 0-38-16-34-36 4-18 18-22 22-40 24 16 46 34 44 52-2 16-14 24-32 24z" fill="${glow}"/>
  <path d="M257 448c-12 0-18-8-16-18 2-10 9-12 12-22 12 8 22 18 20 28-1 8-7 12-16 12z" fill="${pale}"/>`

const shelf = `<rect x="76" y="264" width="360" height="40" rx="8" fill="${ink}"/>`

const photographs = `
  <g transform="rotate(-5 178 196)">
    <rect x="118" y="132" width="120" height="132" rx="6" fill="${paper}" stroke="${ink}" stroke-width="12"/>
    <path d="M136 226l34-46 22 28 12-14 16 32z" fill="${glow}"/>
    <circle cx="202" cy="168" r="11" fill="${pale}"/>
  </g>
  <g transform="rotate(4 324 210)">
    <rect x="272" y="160" width="108" height="104" rx="6" fill="${paper}" stroke="${ink}" stroke-width="12"/>
    <circle cx="326" cy="200" r="17" fill="${ember}"/>
    <path d="M292 246a34 30 0 0 1 68 0z" fill="${ember}"/>
  </g>`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
  <rect x="16" y="16" width="480" height="480" rx="108" fill="${wash}"/>
  <g transform="translate(0 -34)">${hearth}${photographs}
  ${shelf}
  <rect x="100" y="440" width="312" height="20" rx="6" fill="${ink}"/>
  </g>
</svg>
`

const pixels = 1024
writeFileSync(resource('icon.svg'), icon)
await sharp(Buffer.from(icon), { density: (72 * pixels) / 512 })
  .resize(pixels)
  .png({ compressionLevel: 9, palette: true, colours: 128 })
  .toFile(resource('icon.png'))

function resource(name: string): string {
  return fileURLToPath(new URL(`../resources/${name}`, import.meta.url))
}
