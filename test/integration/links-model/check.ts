import { expect } from 'vitest'
import { expected, isOpen, isShown, type Story } from './story.ts'

/** Asks all there is to be asked. */
export async function check(story: Story): Promise<void> {
  const { world } = story
  for (const link of story.links)
    for (const who of [0, 1, 2]) {
      const caller = (await story.visitors[who]?.caller()) ?? story.guest
      for (const [index, { id }] of story.photos.entries()) {
        const answer = expected(story, who, link, index)
        const asked: [string, object][] = [
          ['shares.photo', { share: link.id, id }],
          ['media.mayHeld', { share: link.id, id, kind: 'thumb', version: '1' }],
        ]
        // the one or the other, in turn: there is much to be asked
        const [procedure, input] = asked[(who + index) % 2] ?? ['', {}]
        const result = await world.call(caller, procedure, input)
        const found = result.ok ? 'ok' : result.error.code
        expect([procedure, found], `holder ${who}, link ${link.id}, photo ${index}`).toEqual([
          procedure,
          answer,
        ])
      }
      const months = await world.call(caller, 'shares.months', { share: link.id })
      const shown = story.photos.filter((_, index) => expected(story, who, link, index) === 'ok').length
      if (months.ok) expect(countIn(months.value)).toBe(shown)
      else expect(shown).toBe(0)
    }
}

/** Whoever administers is told of each photo what shows it. */
export async function checkTold(story: Story): Promise<void> {
  const { world } = story
  const admin = await world.as(world.idOf('super'))
  // of what ended by name some may have it still, who are not the model's matter
  const known = story.links.filter(({ byName, ended }) => !(byName && ended))
  for (const [index, { id }] of story.photos.entries()) {
    const told = (await world.get(admin, 'shares.showing', { photoId: id })).shares.map((share) => share.id)
    const showing = known.filter((link) => isOpen(story, link) && isShown(story, link, index))
    expect(
      known.filter((link) => told.includes(link.id)),
      `photo ${index}`,
    ).toEqual(showing)
  }
}

const countIn = (value: unknown) =>
  (value as { months: { count: number }[] }).months.reduce((sum, { count }) => sum + count, 0) // dispatch has parsed it
