// A phone with an authenticator app, out of independent tools: zbarimg reads its QR code, oathtool computes its codes.
import { execFileSync } from 'node:child_process'
import { nowMs, passMs } from './station-time.ts'
import { zbarArgs } from './zbar.ts'

const periodMs = 30_000

/** What a camera reads off these pixels. */
export const readQr = (png: Buffer): string =>
  execFileSync('zbarimg', [...zbarArgs, '-'], { input: png, encoding: 'utf8' }).trim()

/** @param setupKey base32. @param stepsLater whole steps from the one that is now. */
export function codeNow(setupKey: string, stepsLater = 0): string {
  const at = new Date(nowMs() + stepsLater * periodMs).toISOString()
  return execFileSync('oathtool', ['--totp', '--base32', '-N', at, setupKey], { encoding: 'utf8' }).trim()
}

/** An authenticator app as a person uses it: it never gives out a step twice, and waits for the next where it must. */
export class Phone {
  readonly #setupKey: string
  #lastStep = -1

  constructor(setupKey: string) {
    this.#setupKey = setupKey
  }

  static fromUri(uri: string): Phone {
    return new Phone(new URL(uri).searchParams.get('secret') ?? '')
  }

  /** The oldest code that the station's window (the step before, and the current one) still takes. */
  async nextCode(): Promise<string> {
    for (;;) {
      const intoStepMs = nowMs() % periodMs
      const current = Math.floor(nowMs() / periodMs)
      const step = Math.max(this.#lastStep + 1, current - 1)
      // A step about to leave the window could be refused by the time it is typed.
      if (step <= current && !(step < current && periodMs - intoStepMs < 4_000)) {
        this.#lastStep = step
        return codeNow(this.#setupKey, step - current)
      }
      await passMs(periodMs - intoStepMs + 50)
    }
  }
}
