// The login QR codes a station shows: one every 30 s, each living 120 s, resting when nobody comes.
import QRCode from 'qrcode'
import type { QrSymbol, ScreenState } from '../contracts/screen.ts'
import { type Challenge, challengeRule, challengeSegments } from '../core/challenge.ts'
import type { Clock } from './ports.ts'
import { random } from './primitives.ts'

type ChallengeView = Extract<ScreenState, { kind: 'locked' }>['challenge']
const unsetHost = 'wardkey.invalid'

export class ChallengeBoard {
  readonly #clock: Clock
  readonly #phoneHost: string | null
  #live: { challenge: Challenge; issuedAtMs: number }[] = []
  #view: ChallengeView = { state: 'resting' }
  #idleRotations = 0
  /** Shown since they were last counted into the log. */
  #shown = 0

  constructor(clock: Clock, phoneHost: string | null) {
    this.#clock = clock
    this.#phoneHost = phoneHost
  }

  view(): ChallengeView {
    return this.#view
  }

  /** A new code now, and again every 30 s for as long as `rotate` is called. */
  wake(station: Uint8Array): void {
    this.#idleRotations = 0
    this.#show(station)
  }

  rotate(station: Uint8Array): void {
    if (this.#view.state === 'resting') return
    this.#idleRotations++
    if (this.#idleRotations > challengeRule.idleRotations) this.#view = { state: 'resting' }
    else this.#show(station)
  }

  clear(): void {
    this.#live = []
    this.#view = { state: 'resting' }
  }

  takeCount(): number {
    const shown = this.#shown
    this.#shown = 0
    return shown
  }

  #show(station: Uint8Array): void {
    const nowMs = this.#clock.nowMs()
    const challenge = { station, nonce: random(challengeRule.nonceBytes), issuedAtSeconds: Math.floor(nowMs / 1000) }
    this.#live = [
      ...this.#live.filter((each) => nowMs - each.issuedAtMs < challengeRule.livesMs),
      { challenge, issuedAtMs: nowMs },
    ]
    this.#shown++
    const [start, hash, payload] = challengeSegments(this.#phoneHost ?? unsetHost, challenge)
    this.#view = {
      state: 'shown',
      qr: drawQr([
        { data: start, mode: 'alphanumeric' },
        { data: Buffer.from(hash), mode: 'byte' },
        { data: payload, mode: 'alphanumeric' },
      ]),
      issuedAtMs: nowMs,
      renewsAtMs: nowMs + challengeRule.rotatesMs,
      scanningReady: false,
    }
  }
}

/** Level Q: a quarter of the symbol may be dirty. */
export function drawQr(content: string | QRCode.QRCodeSegment[]): QrSymbol {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: 'Q' })
  return { size: modules.size, modules: Array.from(modules.data, (dark) => (dark ? '1' : '0')).join('') }
}
