// What a locked desk shows to whoever comes by: the login QR code, and what happened last.
import type { ScreenState } from '../contracts/screen.ts'
import { ChallengeBoard } from './challenge-board.ts'
import type { DeskOptions } from './desk.ts'
import type { Opened } from './open-station.ts'
import { stationNumber } from './signing.ts'

export type Notice = Extract<ScreenState, { kind: 'locked' }>['notice']

export class DeskFront {
  readonly board: ChallengeBoard
  readonly #opened: Opened
  #notice: Notice = 'none'

  constructor(opened: Opened, { clock, phoneHost }: DeskOptions) {
    this.#opened = opened
    this.board = new ChallengeBoard(clock, phoneHost)
  }

  get notice(): Notice {
    return this.#notice
  }

  say(notice: Notice): void {
    this.#notice = notice
  }

  /** Nobody is in any more: there is a code again, and the reason. */
  come(notice: Notice): void {
    this.#notice = notice
    this.wake()
  }

  /** Somebody came in. */
  leave(): void {
    this.#notice = 'none'
    this.board.clear()
  }

  wake(): void {
    this.board.wake(this.number())
  }

  rotate(): void {
    this.board.rotate(this.number())
  }

  /** How many challenges were shown since it was last asked, on record. */
  recordCount(): void {
    const shown = this.board.takeCount()
    if (shown > 0)
      this.#opened.ledger.recordSoon((recorder) => recorder.event({ type: 'challenges-shown', details: { shown } }))
  }

  number(): Uint8Array {
    return Buffer.from(stationNumber(this.#opened.station.signing_public), 'hex')
  }
}
