// The station under the walk: its desk, a second process beside it, and what is looked at after every step.
import { expect } from 'vitest'
import type { AuditEvent } from '../../../src/contracts/event.ts'
import { openDatabase, type StationDatabase } from '../../../src/station/database.ts'
import type { Ward } from '../../support/attack-station.ts'
import type { BoundPhone } from '../../support/bound-phone.ts'
import { administrator } from '../../support/fakes.ts'
import { newScanningWard, restartScanning } from '../../support/scanning-ward.ts'
import { type CodeSet, type Model, type Moment, type Person, type Phone, stepAt } from './model.ts'
import { expectRecorded, type Snapshot, takeSnapshot } from './rows.ts'

export class WalkedStation {
  ward: Ward
  #db: StationDatabase
  #before: Snapshot
  /** The newest event that an attempt was held against. */
  #judged: number
  /** Every phone that was ever bound, with its keys. */
  readonly phones: BoundPhone[] = []
  steps = 0
  readonly #counts: Map<string, number>

  private constructor(ward: Ward, counts: Map<string, number>) {
    this.#counts = counts
    this.ward = ward
    this.#db = openDatabase(ward.folder, { readonly: true })
    this.#before = takeSnapshot(this.#db)
    this.#judged = this.#before.events
  }

  /** With its administrator, who has a phone and recovery codes. */
  static async begin(model: Model, counts: Map<string, number>): Promise<WalkedStation> {
    const ward = await newScanningWard()
    const station = new WalkedStation(ward, counts)
    const { setupKey, recoveryCodes } = ward
    const id = station.#idOf('person', 'staff_id = ?', administrator.staffId)
    const ada: Person = {
      ...{ id, staffId: administrator.staffId, isAdministrator: true },
      ...{ status: 'active', credentials: [], tickets: [] },
    }
    const lastStep = stepAt(station.now())
    const phone: Phone = { kind: 'totp', id: station.newest(ada, 'totp'), status: 'active', setupKey, lastStep }
    const set: CodeSet = {
      ...{ kind: 'recovery', id: station.newest(ada, 'recovery'), status: 'active' },
      ...{ codes: recoveryCodes, used: new Set() },
    }
    ada.credentials.push(phone, set)
    model.people.push(ada)
    model.settle(station.now())
    return station
  }

  get handlers() {
    return this.ward.desk.handlers
  }

  now = (): Moment => ({ wallMs: this.ward.clock.wallMs, runningMs: this.ward.clock.running })

  get screen() {
    return this.ward.desk.screen()
  }

  /** At the lock screen, where somebody could type. That the time for a PIN is over shows only with the next look. */
  isFree(model: Model): boolean {
    return this.screen.kind === 'locked' && model.pending === null
  }

  /** Time passes, and the desk and the model see what it ends. */
  pass(model: Model, ms: number): void {
    this.ward.clock.pass(ms)
    this.settle(model)
  }

  settle(model: Model): void {
    // Any call makes the desk look at its session, as its timers do.
    void this.handlers.listOffers({})
    model.settle(this.now())
  }

  /** One step of the walk, and what has to hold after each. */
  async step(name: string, model: Model, work: () => Promise<void>): Promise<void> {
    await work()
    this.settle(model)
    const after = takeSnapshot(this.#db)
    expectRecorded(this.#db, this.#before, after)
    this.#before = after
    expect(this.accepted(), `accepted and asked by nobody in ${name}`).toEqual([])
    this.count(name)
    this.steps++
    const { screen } = this
    expect(screen, name).not.toMatchObject({ kind: 'failed' })
    const inside = screen.kind === 'session' ? screen.person.staffId : null
    expect(inside, `who is signed in after ${name}`).toBe(model.session?.person.staffId ?? null)
  }

  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }

  /** Who came in or approved something, by what the log says since this was asked last. */
  accepted(): string[] {
    const rows = this.#db.prepare('SELECT body FROM event WHERE number > ? ORDER BY number').all(this.#judged)
    this.#judged += rows.length
    return rows
      .map((row) => JSON.parse((row as { body: string }).body) as AuditEvent)
      .filter(({ type, outcome }) => outcome === 'accepted' && accepting.has(type))
      .map(({ person }) => person ?? '')
  }

  async restart(): Promise<void> {
    await this.ward.desk.close()
    this.ward = await restartScanning(this.ward)
  }

  /** Goes on at another station, as what is restored from a backup is one: with rows, keys and a log of its own. */
  moveTo(ward: Ward): void {
    this.#db.close()
    this.ward = ward
    this.#db = openDatabase(ward.folder, { readonly: true })
    this.#before = takeSnapshot(this.#db)
    this.#judged = this.#before.events
  }

  personId = (staffId: string): string => this.#idOf('person', 'staff_id = ?', staffId)

  newest = (person: Person, kind: 'totp' | 'phone' | 'recovery' | 'pin'): string =>
    this.#idOf('credential', 'person_id = ? AND kind = ? ORDER BY id DESC LIMIT 1', person.id, kind)

  newestOffer = (person: Person): string => this.#idOf('offer', 'person_id = ? ORDER BY id DESC LIMIT 1', person.id)

  #idOf = (table: string, where: string, ...values: string[]): string =>
    this.#db
      .prepare(`SELECT id FROM ${table} WHERE ${where}`)
      .pluck()
      .get(...values) as string

  close(): void {
    this.#db.close()
  }
}
const accepting = new Set(['login-attempted', 'approval-attempted', 'first-factor-accepted', 'ticket-led-to-offer'])
