// Steps in which time passes, the clock jumps, and the station is locked, left alone or started again.
import fc from 'fast-check'
import { lock, restart } from './coming.ts'
import { minute, step } from './steps.ts'

export const passes = step(
  'time passes',
  fc.constantFrom(
    1000,
    15_000,
    30_000,
    minute,
    4 * minute,
    6 * minute,
    40 * minute,
    3 * 60 * minute,
    13 * 60 * minute,
    25 * 60 * minute,
  ),
  (ms) => async (model, station) => station.pass(model, ms),
)
export const jumps = step(
  'the clock jumps',
  fc
    .constantFrom(-1, 1)
    .chain((way) => fc.constantFrom(2 * minute, 20 * minute, 60 * minute, 26 * 60 * minute).map((ms) => way * ms)),
  (ms) => async (model, station) => {
    station.ward.clock.wallMs += ms
    station.settle(model)
  },
)
export const touches = step('somebody is there', fc.constant(null), () => async (model, station) => {
  await station.handlers.reportActivity({})
  if (model.session) model.session.idleFrom = station.now()
})
export const locks = step('lock', fc.constant(null), () => lock)
export const restarts = step('a restart', fc.constant(null), () => restart)
