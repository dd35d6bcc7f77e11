import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

describe('the decoder in a media worker', () => {
  it('has no loader for SVG, or anything else that is no photo', () => {
    // In a process of its own, since blocking holds for a whole process.
    const script = `
      import './electron/workers/render.ts'
      import sharp from 'sharp'
      const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).png().toBuffer()
      const ppm = Buffer.from('P3 1 1 255 255 0 0')
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
      const tried = [png, ppm, svg].map((bytes) => sharp(bytes).metadata().then(({ format }) => format, () => 'refused'))
      console.log(JSON.stringify(await Promise.all(tried)))`
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(JSON.parse(output)).toEqual(['png', 'refused', 'refused'])
  })
})
