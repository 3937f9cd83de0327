// What a station and its hub say to each other in one go: changes down, bound phones and events up.

import { createHash } from 'node:crypto'
import type { Entry, Statement } from '../../contracts/hub/down.ts'
import { changesRequest } from '../../contracts/hub/down.ts'
import { phonesAtMost, phonesRequest } from '../../contracts/hub/phones.ts'
import { eventsAtMost, eventsRequest } from '../../contracts/hub/up.ts'
import type { Frontier } from '../../core/tree.ts'
import { type StationDatabase, withoutWaiting } from '../database.ts'
import type { StationKeys } from '../keys.ts'
import type { Ledger, Row } from '../ledger.ts'
import type { Clock, Log } from '../ports.ts'
import { signCheckpoint, stationNumber } from '../signing.ts'
import { isCosigned } from './cosigned.ts'
import { entriesAtOnce, takeEntry, takePlace } from './down.ts'
import { HubKeyring, openStatement } from './keyring.ts'
import { confirmLease } from './lease.ts'
import { type Progress, readLink, readProgress, writeProgress } from './link.ts'
import { ownPhones, phonesDigest, phonesMark } from './own-phones.ts'
import type { HubAddress, HubPort, Prover } from './port.ts'
import { frontierAt, hashesOf, nextBatch, nextSize } from './up.ts'

export interface SyncParts {
  readonly db: StationDatabase
  readonly ledger: Ledger
  readonly keys: StationKeys
  readonly station: Row<'station'>
  readonly clock: Clock
  readonly hub: HubPort
  readonly log: Log
  readonly appVersion: string
  /** An answer that a phone sent by way of the hub, as it came. */
  sent(answer: Uint8Array): void
  /** A phone's part that did. */
  part(part: Uint8Array): void
}
export class HubExchange {
  readonly #parts: SyncParts
  readonly #changed: () => void
  readonly #number: string
  readonly #keyring: HubKeyring
  #stopped = false
  #phonesMark = ''
  #turn: Promise<unknown> = Promise.resolve()
  #batchSize = eventsAtMost

  constructor(parts: SyncParts, changed: () => void) {
    this.#parts = parts
    this.#changed = changed
    this.#number = stationNumber(parts.station.signing_public)
    this.#keyring = new HubKeyring(parts.keys, parts.station, this.#number)
  }

  /** What is under way is not taken any more. */
  stop(): void {
    this.#stopped = true
  }

  /** Changes first: what is revoked must not wait for a long log. @returns null where all of it went well. */
  async run(): Promise<string | null> {
    const link = readLink(this.#parts.ledger)
    if (!link) return 'unreachable'
    const at = { url: link.url, organisation: link.organisation_slug }
    const down = await this.#takeChanges(at, link)
    if (down !== null) return down
    return (await this.#tellPhones(at)) ?? this.#sendEvents(at, link)
  }

  /** Whole, whenever it has changed: the hub keeps what it knows, so it is told of all that were bound before it was joined, too. */
  async #tellPhones(at: HubAddress): Promise<string | null> {
    const { db, ledger, hub } = this.#parts
    const mark = phonesMark(db)
    if (mark === this.#phonesMark) return null
    const phones = ownPhones(ledger)
    const digest = phonesDigest(phones)
    if (this.#progress().phones !== digest) {
      for (let from = 0; from < phones.length; from += phonesAtMost) {
        const body = phonesRequest.parse({ phones: phones.slice(from, from + phonesAtMost) })
        const answer = await this.ask((prover) => hub.phones(at, prover, body))
        if (this.#stopped) return 'unreachable'
        if (!answer.ok) return answer.reason
      }
      this.#write({ phones: digest })
    }
    this.#phonesMark = mark
    return null
  }

  async #takeChanges(at: HubAddress, link: Row<'hub_link'>): Promise<string | null> {
    for (;;) {
      const { ledger, keys, station, appVersion } = this.#parts
      const progress = this.#progress()
      const checkpoint = signCheckpoint(station, keys, ledger.frontier())
      const body = changesRequest.parse({ after: progress.cursor, epoch: progress.epoch, checkpoint, appVersion })
      const got = await this.ask((prover) => this.#parts.hub.changes(at, prover, body))
      if (this.#stopped) return 'unreachable'
      if (!('answer' in got)) return got.reason
      const { entries } = got.answer
      const statement = await openStatement(got.answer.statement, link.hub_key)
      const digest = createHash('sha256')
        .update(entries.map((each) => `${each}\n`).join(''))
        .digest('base64url')
      const isOurs = statement?.station === this.#number && statement.nonce === got.nonce && statement.digest === digest
      if (!statement || !isOurs) return 'bad-answer'
      const opened = await Promise.all(entries.map((each) => this.#keyring.open(each)))
      if (this.#stopped) return 'unreachable'
      if (opened.some((each) => each === null)) return 'bad-answer'
      const known = opened.filter((each) => each !== null)
      // Whoever stands at the screen must not wait for another process: it is tried again.
      withoutWaiting(this.#parts.db, () => this.#take(known, statement, progress.acknowledged))
      if (entries.length > 0) this.#changed()
      if (!statement.more) return null
    }
  }

  /**
   * In portions, and the cursor after the last: cut off between two, the same entries come again and change nothing.
   * @param read as many events of this station the hub had when it was asked.
   */
  #take(entries: readonly Entry[], statement: Statement, read: number): void {
    const { ledger, keys, clock } = this.#parts
    for (let from = 0; from < entries.length; from += entriesAtOnce)
      ledger.record((recorder) => {
        for (const entry of entries.slice(from, from + entriesAtOnce))
          takeEntry(recorder, entry, { keys, nowMs: clock.nowMs(), read })
      })
    const isElsewhere = ledger.record((recorder) => {
      const moved = takePlace(recorder, statement)
      const link = readLink(recorder)
      if (link && !statement.more && confirmLease(recorder, link, clock))
        recorder.event({ type: 'hub-confirmed', details: { cursor: statement.cursor } })
      this.#write({ epoch: statement.epoch, cursor: statement.cursor })
      return moved
    })
    if (!isElsewhere) return
    ledger.identify({ stationNumber: this.#number, location: statement.location })
    this.#changed()
  }

  async #sendEvents(at: HubAddress, link: Row<'hub_link'>): Promise<string | null> {
    for (;;) {
      const { db, keys, station } = this.#parts
      const progress = this.#progress()
      const batch = nextBatch(db, progress, this.#batchSize)
      if (!batch) return null
      const checkpoint = signCheckpoint(station, keys, batch.frontier)
      const body = eventsRequest.parse({ events: batch.events, checkpoint })
      const answer = await this.ask((prover) => this.#parts.hub.events(at, prover, body))
      this.#batchSize = nextSize(this.#batchSize, answer.ok || answer.reason !== 'unreachable')
      if (this.#stopped) return 'unreachable'
      if (!answer.ok) {
        // It has less than we thought, as after a restore of its own: from there on again.
        if (
          answer.reason === 'gap' &&
          answer.acknowledged !== undefined &&
          answer.acknowledged < progress.acknowledged
        ) {
          this.#acknowledge(frontierAt(db, answer.acknowledged), null)
          this.#write({ phones: null })
          this.#phonesMark = ''
          continue
        }
        return answer.reason
      }
      // Kept here until the hub has signed for it: whoever stands between could say anything.
      const size = answer.acknowledged
      const kept = size === batch.frontier.size ? batch.frontier : frontierAt(db, size)
      const isKept = size >= batch.frontier.size && kept.size === size && isCosigned(answer.checkpoint, kept, link)
      if (!isKept) return 'bad-answer'
      this.#acknowledge(kept, answer.checkpoint)
    }
  }

  #acknowledge(kept: Frontier, checkpoint: string | null): void {
    const progress = this.#progress()
    this.#write({
      acknowledged: kept.size,
      hashes: hashesOf(kept),
      checkpoint: checkpoint ?? progress.checkpoint,
    })
  }

  #write(change: Partial<Progress>): void {
    const { db, keys } = this.#parts
    withoutWaiting(db, () => writeProgress(db, keys, { ...this.#progress(), ...change }))
  }

  #progress(): Progress {
    const progress = readProgress(this.#parts.db, this.#parts.keys)
    if (!progress) throw new Error('a station that has joined has its progress')
    return progress
  }

  /** One at a time, whoever asks: each request shows the token that the answer before it gave. */
  ask<R>(work: (prover: Prover) => Promise<R>): Promise<R> {
    const turn = this.#turn.then(() => work(this.prover()))
    this.#turn = turn.catch(() => {})
    return turn
  }

  prover(): Prover {
    const { token } = this.#progress()
    return {
      station: this.#number,
      nowMs: this.#parts.clock.nowMs(),
      token,
      sign: (claims) => this.#keyring.sign(claims),
      keep: (next) => this.#write({ token: next }),
    }
  }
}
