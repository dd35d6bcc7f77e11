import type { Page } from 'playwright-core'

interface Point {
  x: number
  y: number
}

/** Fingers on a page: each gesture is sent to the browser as a touch screen would report it. */
export async function fingersOn(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
  type Kind = 'touchStart' | 'touchMove' | 'touchEnd'
  const send = (type: Kind, points: Point[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(({ x, y }, id) => ({ x: Math.round(x), y: Math.round(y), id })),
    })
  const between = (from: Point, to: Point, part: number) => ({
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
  })
  /** Each finger goes from its first point to its second one. */
  async function move(fingers: readonly (readonly [Point, Point])[]) {
    await send(
      'touchStart',
      fingers.map(([from]) => from),
    )
    for (const part of [0.25, 0.5, 0.75, 1])
      await send(
        'touchMove',
        fingers.map(([from, to]) => between(from, to, part)),
      )
    await send('touchEnd', [])
  }
  return {
    tap: async (at: Point) => {
      await send('touchStart', [at])
      await send('touchEnd', [])
    },
    swipe: (from: Point, to: Point) => move([[from, to]]),
    pinch: move,
  }
}
