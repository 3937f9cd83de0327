// 10,000 random cases against Debian's oathtool, which shares no code with ours.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { fromBase32, toBase32 } from '../../../src/core/base32.ts'
import { hotpCode, type TotpOutcome, type TotpParameters, verifyTotp } from '../../../src/core/otp.ts'
import { hmac } from '../../../src/station/primitives.ts'
import { seed } from '../support/properties.ts'
import { type Seeded, seeded } from '../support/seeded.ts'

const run = promisify(execFile)
const starts = 500
const casesEach = 20
// Beyond the farthest step that a case reads: its own step may lie 20 off the middle, and a code 25 off that.
const reach = 46
const lastSecond = Math.floor(Date.UTC(2500, 0, 1) / 1000)

interface Run {
  readonly secret: Uint8Array
  readonly parameters: TotpParameters
  readonly firstStep: number
  /** By oathtool: the codes of firstStep and the steps after it. */
  readonly codes: readonly string[]
}

async function askOathtool(random: Seeded): Promise<Run> {
  const secret = random.bytes(random.integer(10, 64))
  const parameters: TotpParameters = {
    algorithm: random.oneOf(['SHA1', 'SHA256', 'SHA512']),
    digits: random.oneOf([6, 7, 8]),
    periodSeconds: random.oneOf([30, 30, 30, 15, 60, 119]),
  }
  // Every eighth run lies at the start of time, where there are no steps before.
  const seconds = random.integer(0, 7) === 0 ? random.integer(0, 600) : random.integer(0, lastSecond)
  const firstStep = Math.max(Math.floor(seconds / parameters.periodSeconds) - reach, 0)
  const { stdout } = await run('oathtool', [
    `--totp=${parameters.algorithm.toLowerCase()}`,
    `--digits=${parameters.digits}`,
    `--time-step-size=${parameters.periodSeconds}s`,
    `--now=@${firstStep * parameters.periodSeconds}`,
    `--window=${2 * reach}`,
    '--base32',
    toBase32(secret),
  ])
  return { secret, parameters, firstStep, codes: stdout.trim().split('\n') }
}

interface Case {
  readonly step: number
  readonly windowSteps: number
  readonly lastStep: number
  readonly code: string
}

function pickCase(random: Seeded, { firstStep, codes, parameters }: Run): Case {
  const middle = firstStep === 0 ? random.integer(0, reach) : firstStep + reach
  const step = Math.max(middle + random.integer(-20, 20), 0)
  const windowSteps = random.integer(0, 2)
  const near = random.oneOf([0, 0, -1, -1, -2, -3, 1, -20, 20, -21, 21, random.integer(-25, 25)])
  const code = codes[step + near - firstStep] ?? String(random.integer(0, 10 ** parameters.digits - 1))
  const misread = code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
  return {
    step,
    windowSteps,
    lastStep: random.oneOf([-1, -1, Math.max(step + near + random.integer(-2, 2), -1)]),
    code: random.oneOf([code, code, code, misread.padStart(parameters.digits, '0')]),
  }
}

/** What is right, read off oathtool's codes alone. */
function decide({ firstStep, codes }: Run, { step, windowSteps, lastStep, code }: Case): TotpOutcome {
  const matches = codes.map((each, i) => (each === code ? firstStep + i : -1)).filter((each) => each >= 0)
  const seen = matches.filter((each) => Math.abs(each - step) <= 20)
  const good = seen.filter((each) => each > lastStep && each <= step && each >= step - windowSteps)
  if (good.length > 0) return { ok: true, step: Math.max(...good) }
  if (seen.some((each) => each <= lastStep)) return { ok: false, reason: 'already-used' }
  return { ok: false, reason: seen.length > 0 ? 'clock-wrong' : 'wrong-code' }
}

describe('against oathtool', () => {
  it(`agrees in ${starts * casesEach} random cases on every code and every decision`, async () => {
    const random = seeded(seed)
    const dice = `WARDKEY_SEED=${seed}`
    const told = new Map<string, number>()
    let compared = 0
    for (let start = 0; start < starts; start += 4) {
      // One after the other from the same stream, then four programs at a time.
      const runs = await Promise.all(Array.from({ length: 4 }, () => askOathtool(random)))
      for (const each of runs) {
        expect(each.codes, dice).toHaveLength(2 * reach + 1)
        const secret = fromBase32(toBase32(each.secret))
        const own = each.codes.map((_, i) => hotpCode(secret, each.firstStep + i, each.parameters, hmac))
        expect(own, dice).toEqual(each.codes)
        for (let n = 0; n < casesEach; n++) {
          const one = pickCase(random, each)
          const right = decide(each, one)
          const { periodSeconds } = each.parameters
          const nowMs = one.step * periodSeconds * 1000 + random.integer(0, periodSeconds * 1000 - 1)
          const { step: _, code, lastStep, windowSteps } = one
          const ours = verifyTotp(secret, each.parameters, code, nowMs, lastStep, windowSteps, hmac)
          expect(ours, `${dice} ${JSON.stringify({ ...one, parameters: each.parameters })}`).toEqual(right)
          const kind = right.ok ? 'ok' : right.reason
          told.set(kind, (told.get(kind) ?? 0) + 1)
          compared++
        }
      }
    }
    expect(compared).toBe(10_000)
    // A run that never met one of the answers would prove nothing about it.
    for (const kind of ['ok', 'already-used', 'clock-wrong', 'wrong-code'])
      expect(told.get(kind) ?? 0, `${dice} ${kind}`).toBeGreaterThan(500)
  }, 60_000)
})
