// Waits until another process has let go of the store, for the second half of what must not stop halfway.
import { setTimeout as delay } from 'node:timers/promises'
import { isBusy } from './database.ts'

const limitMs = 30_000
const everyMs = 250

/** @param nowMs any clock that runs forward. Throws what `work` throws, also that the store is busy, once it has waited long. */
export async function patiently<R>(work: () => R, nowMs: () => number): Promise<R> {
  const untilMs = nowMs() + limitMs
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || nowMs() >= untilMs) throw error
    }
    await delay(everyMs)
  }
}
