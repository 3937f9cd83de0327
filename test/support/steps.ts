// Where in its thirty seconds the one-time code of now stands: a test of the step before must not cross into the next.
import { codeNow } from './phone.ts'
import { nowMs, passMs } from './station-time.ts'

const periodMs = 30_000
/** More than anybody here needs from a code to its answer. */
const neededMs = 5_000

/** The code of the step before, at a moment that leaves time to type it. */
export async function codeBefore(setupKey: string): Promise<string> {
  const leftMs = periodMs - (nowMs() % periodMs)
  if (leftMs < neededMs) await passMs(leftMs + 50)
  return codeNow(setupKey, -1)
}
