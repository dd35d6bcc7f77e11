import { afterEach, describe, expect } from 'vitest'
import { type Door, type Driver, openDoor } from './doors/door.ts'
import { electronDriver } from './doors/electron.ts'
import { standInDriver } from './doors/stand-in.ts'
import { webDriver } from './doors/web.ts'

export type { Door, DoorWindow } from './doors/door.ts'

const drivers: Driver[] = [standInDriver, webDriver, electronDriver]

/** Starts the program on an empty data directory; it is closed after the test, which fails if anything complained. */
export type OpenDoor = () => Promise<Door>

/**
 * Defines the same tests for each way into the house: the stand-in, a browser, and Electron where its runtime is. The
 * tests of a way that this machine lacks are listed and counted as skipped, with the reason.
 * @param only some of the ways, for what the others do not have
 */
export function throughEachDoor(
  define: (open: OpenDoor, name: Driver['name']) => void,
  only: Driver['name'][] = drivers.map(({ name }) => name),
): void {
  for (const driver of drivers.filter(({ name }) => only.includes(name))) {
    const title = driver.lacking
      ? `through ${driver.name} (skipped: ${driver.lacking})`
      : `through ${driver.name}`
    describe.skipIf(driver.lacking !== null)(title, () => {
      const opened: Door[] = []
      afterEach(async () => {
        const doors = opened.splice(0)
        const complaints = doors.flatMap((door) => door.complaints())
        await Promise.all(doors.map((door) => door.close()))
        expect(complaints).toEqual([])
      })
      define(async () => {
        const door = await openDoor(driver)
        opened.push(door)
        return door
      }, driver.name)
    })
  }
}
