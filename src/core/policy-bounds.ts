// How far each number of a policy goes, for forms that say so while somebody types; the schema has the last word.
import type { PolicySettings } from '../contracts/policy.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

export type NumberSetting = {
  [N in keyof PolicySettings]: PolicySettings[N] extends number ? N : never
}[keyof PolicySettings]

/** Least and most; durations in ms. */
export const policyBounds: { readonly [N in NumberSetting]: readonly [number, number] } = {
  totpWindowSteps: [0, 2],
  idleMs: [5 * second, hour],
  idleWarningMs: [second, 5 * minute],
  sessionMs: [10 * second, 24 * hour],
  freshMs: [minute, hour],
  offerMs: [minute, hour],
  leaseMs: [hour, 30 * 24 * hour],
  breakGlassMs: [minute, hour],
  phonesPerPerson: [1, 2],
  throttleDelayFrom: [1, 3],
  throttleClosesAfter: [5, 10],
  throttleClosedMs: [30 * minute, 24 * hour],
  throttleSuspendsAt: [20, 100],
}

/** Those that hold for a station, by its group and the time, and for no role apart. */
export const throttleSettings = [
  'throttleDelayFrom',
  'throttleClosesAfter',
  'throttleClosedMs',
  'throttleSuspendsAt',
] as const satisfies readonly NumberSetting[]
