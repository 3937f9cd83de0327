// The QR codes that phones answer here: one every 30 s, each living 120 s, for one purpose at a time, resting when nobody comes.
import QRCode from 'qrcode'
import type { QrSymbol, ScreenState } from '../contracts/screen.ts'
import { type ChallengePurpose, challengeRule, challengeSegments, encodeChallenge } from '../core/challenge.ts'
import { questionOf } from './phone-keys.ts'
import type { Clock } from './ports.ts'
import { random } from './primitives.ts'

export type ChallengeView = Extract<ScreenState, { kind: 'locked' }>['challenge']
const unsetHost = 'wardkey.invalid'

/** 'over': its time has run out, or wrong answers ended it. */
export type ChallengeState = 'live' | 'over' | 'answered'
export interface KnownChallenge {
  readonly purpose: ChallengePurpose
  /** The 29 bytes that the code carries. */
  readonly bytes: Uint8Array
  /** Of `questionOf` its bytes. */
  readonly question: Uint8Array
  readonly nonce: string
  readonly state: ChallengeState
}
interface Kept {
  readonly purpose: ChallengePurpose
  readonly bytes: Uint8Array
  readonly question: Uint8Array
  readonly nonce: string
  readonly issuedAtMs: number
  readonly issuedRunningMs: number
  readonly ended: 'over' | 'answered' | null
}

export class ChallengeBoard {
  readonly #clock: Clock
  readonly #madeRunningMs: number
  readonly #phoneHost: string | null
  /** Oldest first. */
  #kept: readonly Kept[] = []
  #view: ChallengeView = { state: 'resting' }
  #purpose: ChallengePurpose = 'unlock'
  #idleRotations = 0
  #wrong = 0
  /** Shown since they were last counted into the log. */
  #shown = 0

  constructor(clock: Clock, phoneHost: string | null) {
    this.#clock = clock
    this.#madeRunningMs = clock.runningMs()
    this.#phoneHost = phoneHost
  }

  view(): ChallengeView {
    return this.#view
  }

  /** A new code now, and again every 30 s for as long as `rotate` is called. Those for anything else are over. */
  wake(station: Uint8Array, purpose: ChallengePurpose = 'unlock'): void {
    if (purpose !== this.#purpose) this.clear()
    this.#purpose = purpose
    this.#idleRotations = 0
    this.#show(station)
  }

  rotate(station: Uint8Array): void {
    if (this.#view.state === 'resting') return
    this.#idleRotations++
    if (this.#idleRotations > challengeRule.idleRotations) this.#view = { state: 'resting' }
    else this.#show(station)
  }

  /** Somebody is in, or asks for something else: no code that was shown before opens anything any more. */
  clear(): void {
    this.#kept = this.#kept.map((each) => ({ ...each, ended: each.ended ?? 'over' }))
    this.#wrong = 0
    this.#view = { state: 'resting' }
  }

  /** Newest first: those that live, and those that a late answer may still be about. */
  known(): KnownChallenge[] {
    return this.#kept.toReversed().map(({ purpose, bytes, question, nonce, ended, ...issued }) => ({
      purpose,
      bytes,
      question,
      nonce,
      state: ended ?? (this.#lives(issued) ? 'live' : 'over'),
    }))
  }

  /** The station may have shown codes before it was started: nobody here knows them, and people may still answer them. */
  isNew(): boolean {
    return this.#clock.runningMs() - this.#madeRunningMs < challengeRule.rememberedMs
  }

  /** Each is answered once. @param nonce as `known` names it. */
  answered(nonce: string): void {
    this.#wrong = 0
    this.#kept = this.#kept.map((each) => (each.nonce === nonce ? { ...each, ended: 'answered' } : each))
  }

  /** Another one at once, where what is on the screen was answered and nobody came in: it would answer nobody else. */
  renew(station: Uint8Array): void {
    if (this.#view.state === 'shown' && this.#kept.at(-1)?.ended) this.#show(station)
  }

  /** An answer that fits no code that is known. The third in a row ends those that live, and shows another at once. */
  wrongAnswer(station: Uint8Array): void {
    this.#wrong++
    if (this.#wrong < challengeRule.wrongAnswers) return
    const { state } = this.#view
    this.clear()
    if (state === 'shown') this.#show(station)
  }

  takeCount(): number {
    const shown = this.#shown
    this.#shown = 0
    return shown
  }

  /** By both clocks: one that was set back must not give a code more time. */
  #lives({ issuedAtMs, issuedRunningMs }: { readonly issuedAtMs: number; readonly issuedRunningMs: number }): boolean {
    const wallMs = this.#clock.nowMs() - issuedAtMs
    return wallMs < challengeRule.livesMs && this.#clock.runningMs() - issuedRunningMs < challengeRule.livesMs
  }

  #show(station: Uint8Array): void {
    const nowMs = this.#clock.nowMs()
    const runningMs = this.#clock.runningMs()
    const nonce = random(challengeRule.nonceBytes)
    const purpose = this.#purpose
    const challenge = { purpose, station, nonce, issuedAtSeconds: Math.floor(nowMs / 1000) }
    const bytes = encodeChallenge(challenge)
    const made: Kept = {
      purpose,
      bytes,
      question: questionOf(bytes),
      nonce: nonce.toString('hex'),
      issuedAtMs: nowMs,
      issuedRunningMs: runningMs,
      ended: null,
    }
    this.#kept = [...this.#kept, made]
      .filter(({ issuedRunningMs }) => runningMs - issuedRunningMs < challengeRule.rememberedMs)
      .slice(-challengeRule.remembered)
    this.#shown++
    this.#view = {
      state: 'shown',
      qr: drawLink(challengeSegments(this.#phoneHost ?? unsetHost, challenge)),
      issuedAtMs: nowMs,
      renewsAtMs: nowMs + challengeRule.rotatesMs,
      scanningReady: this.#phoneHost !== null,
    }
  }
}

/** In the segments that keep it small: all but the `#` is alphanumeric. */
export const drawLink = ([start, hash, payload]: readonly [string, '#', string], level?: 'M' | 'Q'): QrSymbol =>
  drawQr(
    [
      { data: start, mode: 'alphanumeric' },
      { data: Buffer.from(hash), mode: 'byte' },
      { data: payload, mode: 'alphanumeric' },
    ],
    level,
  )

/** Level Q: a quarter of the symbol may be dirty. M, 15 %, for what is long and scanned once. */
export function drawQr(content: string | QRCode.QRCodeSegment[], level: 'M' | 'Q' = 'Q'): QrSymbol {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: level })
  return { size: modules.size, modules: Array.from(modules.data, (dark) => (dark ? '1' : '0')).join('') }
}
