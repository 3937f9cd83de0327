// How many events go up at once: as many as the line carries, within what a hub takes and a line has to carry.
import { expect, it } from 'vitest'
import { eventsAtMost } from '../../../../src/contracts/hub/up.ts'
import { nextSize } from '../../../../src/station/hub/up.ts'

it.each([
  [eventsAtMost, false, eventsAtMost / 2],
  [eventsAtMost, true, eventsAtMost],
  [125, false, 62],
  [62, true, 124],
  [30, false, 25],
  [25, false, 25],
  [900, true, eventsAtMost],
])('after a batch of %i that arrived: %s, tries %i', (size, arrived, next) => {
  expect(nextSize(size, arrived)).toBe(next)
})
