// The workstation as its administrators see it: its place in policy, how it does, and the one backup that may be under way.
import type { WorkstationFacts } from '../contracts/commands/workstation.ts'
import type { Output, Parsed } from '../contracts/ipc.ts'
import { passphraseStrength } from '../core/passphrase.ts'
import { raiseAlert } from './alerts.ts'
import { readAnchor } from './anchor.ts'
import { freeBytes, lowSpaceBytes, storeBytes } from './data-folder.ts'
import { databaseFile } from './database.ts'
import type { DeskOptions } from './desk.ts'
import {
  keychainBackend,
  lastBackupAtMs,
  lookAtBackup,
  lookAtClock,
  lookAtDisk,
  lookAtFolder,
  lookAtKeychain,
  lookAtLog,
  lookAtStore,
  ntpState,
} from './health.ts'
import { DamageError } from './keys.ts'
import type { Recorder } from './ledger.ts'
import type { Opened } from './open-station.ts'
import { readStation, stationNumber, stationRow } from './signing.ts'
import { changePlace } from './station-place.ts'

type BackupOutput = Output<'makeBackup'>

export interface WorkstationHost {
  /** Whether the whole log is still being read. */
  checking(): boolean
  clockIsClosed(): boolean
  hub(): WorkstationFacts['hub']
}

export class Workstation {
  readonly #opened: Opened
  readonly #options: DeskOptions
  readonly #host: WorkstationHost
  /** How far the backup under way is. */
  part: number | null = null
  #stopped = false

  constructor(opened: Opened, options: DeskOptions, host: WorkstationHost) {
    this.#opened = opened
    this.#options = options
    this.#host = host
  }

  async read(): Promise<WorkstationFacts> {
    const { db, keys, ledger } = this.#opened
    const { dataFolder, keychain, clock, appVersion, electronVersion } = this.#options
    const station = readStation(ledger)
    if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
    const keychainHealth = await lookAtKeychain(keychain, keys)
    const kept = keychainHealth.state === 'good' ? await keychain.read('checkpoint') : null
    const anchor = kept === null ? null : readAnchor(kept, station.signing_public)
    const events = ledger.frontier().size
    const ntp = ntpState()
    const free = this.#freeBytes()
    const lastAtMs = lastBackupAtMs(db)
    return {
      ok: true,
      station: {
        name: station.name,
        location: station.location,
        group: station.station_group,
        number: stationNumber(station.signing_public),
      },
      versions: {
        app: appVersion,
        electron: electronVersion ?? null,
        node: process.versions.node,
        sqlite: db.prepare('SELECT sqlite_version()').pluck().get() as string,
      },
      health: [
        keychainHealth,
        lookAtClock(this.#host.clockIsClosed(), ntp),
        lookAtStore(db, true),
        lookAtDisk(free),
        lookAtLog(events, anchor?.frontier.size ?? null, this.#host.checking()),
        lookAtFolder(dataFolder),
        lookAtBackup(lastAtMs, clock.nowMs()),
      ],
      keychain: keychainBackend(),
      ntp,
      storeBytes: storeBytes(databaseFile(dataFolder)),
      freeBytes: free,
      events,
      anchoredEvents: Math.min(anchor?.frontier.size ?? 0, events),
      lastBackupAtMs: lastAtMs,
      hub: this.#host.hub(),
    }
  }

  change(recorder: Recorder, actor: string, wanted: Parsed<'changeWorkstation'>): void {
    const station = readStation(recorder)
    if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
    changePlace(recorder, station, wanted, { actor })
  }

  /** After a change was committed: later events are of the new place. */
  identifyAnew(): void {
    const station = readStation(this.#opened.ledger)
    if (station)
      this.#opened.ledger.identify({
        stationNumber: stationNumber(station.signing_public),
        location: station.location,
      })
  }

  /** @param stillAllowed asked once a file was chosen, which may take long. */
  async backUp(passphrase: string, actor: string, stillAllowed: () => boolean): Promise<BackupOutput> {
    const { chooseFile, clock } = this.#options
    if (this.part !== null || !chooseFile) return { ok: false, reason: 'not-now' }
    if (passphraseStrength(passphrase) === 'weak') return { ok: false, reason: 'weak-passphrase' }
    this.part = 0
    try {
      const day = new Date(clock.nowMs()).toISOString().slice(0, 10)
      const file = await chooseFile(`wardkey-${day}.age`)
      if (file === null) return { ok: false, reason: 'cancelled' }
      if (this.#stopped || !stillAllowed()) return { ok: false, reason: 'not-allowed' }
      // Read when it is wanted: a start has no use for it.
      const { makeBackup } = await import('./backup.ts')
      const made = await makeBackup(this.#options, this.#opened.station, file, passphrase, {
        progress: (part) => {
          this.part = Math.min(part, 1)
        },
        stopped: () => this.#stopped,
      })
      if (!made.ok) return made
      if (this.#stopped) return { ok: false, reason: 'stopped' }
      const { digest, bytes, events } = made
      this.#opened.ledger.recordSoon((recorder) =>
        recorder.event({ type: 'backup-made', actor, details: { digest, bytes, events } }),
      )
      return { ok: true, digest, bytes, events }
    } finally {
      this.part = null
    }
  }

  /** Said before it hurts. */
  noteSpace(): void {
    if (this.#freeBytes() >= lowSpaceBytes) return
    const nowMs = this.#options.clock.nowMs()
    this.#opened.ledger.record((recorder) => raiseAlert(recorder, 'disk-low', nowMs))
  }

  stop(): void {
    this.#stopped = true
  }

  #freeBytes(): number {
    const { dataFolder, freeBytes: measured } = this.#options
    return (measured ?? freeBytes)(dataFolder)
  }
}
