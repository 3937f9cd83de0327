// Deciding on a typed code, beside the bare HMACs that the decision needs.
import { createHmac, createSecretKey } from 'node:crypto'
import { clockSearchSteps, defaultTotp, verifyTotp } from '../../src/core/otp.ts'
import { hmac, random } from '../../src/station/primitives.ts'
import { takeTurns, timed } from './measure.ts'
import { compare, type Result } from './result.ts'

const hmacs = 2 * clockSearchSteps + 1
const nowMs = Date.UTC(2026, 0, 5, 8)

export async function benchVerification(): Promise<Result[]> {
  const secret = random(20)
  const message = new Uint8Array(8)
  const samples = await takeTurns(1500, {
    decision: () => timed(() => verifyTotp(secret, defaultTotp, '000000', nowMs, -1, 1, hmac)),
    // As node:crypto does it best: the key is prepared once.
    bare: () =>
      timed(() => {
        const key = createSecretKey(secret)
        for (let i = 0; i < hmacs; i++) createHmac('sha1', key).update(message).digest()
      }),
  })
  return [compare('verification of a code', samples.decision, `${hmacs} bare HMACs`, samples.bare)]
}
