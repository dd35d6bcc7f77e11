import type { Page } from 'playwright-core'

/** How something is scrolled: pixels a frame, for so many frames. */
interface Pace {
  step: number
  frames: number
}

/** Scrolls an element frame by frame, as a steady wheel does; answers the milliseconds between frames. */
export const scrollFrames = (page: Page, selector: string, pace: Pace): Promise<number[]> =>
  page.evaluate(
    ({ selector, step, frames }) =>
      new Promise<number[]>((resolve) => {
        const element = document.querySelector(selector)
        const between: number[] = []
        let before = 0
        const onFrame = (now: number) => {
          if (before > 0) between.push(now - before)
          before = now
          if (between.length >= frames || !element) return resolve(between)
          element.scrollTop += step
          requestAnimationFrame(onFrame)
        }
        requestAnimationFrame(onFrame)
      }),
    { selector, ...pace },
  )

/** The control: a page of nothing but empty tiles where the timeline has its own, as many in sight, none ever replaced. */
export async function showEmptyTiles(page: Page, height: number): Promise<string> {
  await page.setContent(`<style>
    #control { position: fixed; inset: 0; overflow-y: scroll }
    #canvas { position: relative; height: ${height}px }
    #canvas div { position: absolute; width: 250px; height: 220px; background: #ccc; border-radius: 2px }
  </style><div id="control"><div id="canvas"></div></div>`)
  await page.evaluate(
    (height) => {
      const canvas = document.querySelector('#canvas')
      for (let top = 0; top < height; top += 223)
        for (let left = 0; left < 1000; left += 253) {
          const tile = document.createElement('div')
          tile.style.top = `${top}px`
          tile.style.left = `${left}px`
          canvas?.append(tile)
        }
    },
    Math.min(height, 400_000),
  )
  return '#control'
}
