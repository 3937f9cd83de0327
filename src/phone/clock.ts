// What the phone's clock may say of a code's age: a hint, and never a refusal, since the clock may be the one that is wrong.
import { challengeBytes, challengeRule } from '../core/challenge.ts'

const hourMs = 3_600_000
/** Summer time forgotten, a flight: clocks that are wrong by whole hours, up to the widest zone. */
const widestZoneMs = 15 * hourMs
/** What scanning may take, and by how much an honest clock may differ. */
const slackMs = 60_000

/** Whether a code has most likely run out. @param challenge its 29 bytes. @param nowMs by the phone's clock. */
export function looksOld(challenge: Uint8Array, nowMs: number): boolean {
  const issuedAtMs = new DataView(challenge.buffer, challenge.byteOffset).getUint32(challengeBytes - 4) * 1000
  const ageMs = nowMs - issuedAtMs
  const oldMs = challengeRule.livesMs + slackMs
  if (ageMs <= oldMs) return false
  const pastHourMs = (ageMs + slackMs) % hourMs
  return ageMs > widestZoneMs || pastHourMs > oldMs + slackMs
}
